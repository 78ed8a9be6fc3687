import { isTable, type Table } from '../is-table.js';
import { faultsOf } from '../oauth/oauth-schema.js';
import { type Issue, issuesOf, type Path } from '../zod-issues.js';
import { configSchema, MAIL_PASSWORD, WEBHOOKS, type WrittenConfig } from './config-schema.js';
import { endpointFaults } from './endpoint-schema.js';

export type Judged =
  | { readonly ok: true; readonly written: WrittenConfig }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Judges the whole document: every fault of it, not only the first. */
export function judgeConfig(document: Readonly<Record<string, unknown>>): Judged {
  const read = configSchema.safeParse(document);
  const issues = [...(read.success ? [] : read.error.issues.flatMap(issuesOf)), ...relations(document)];
  return read.success && issues.length === 0 ? { ok: true, written: read.data } : { ok: false, issues };
}

const tablesIn = (value: unknown): readonly (readonly [string, Table])[] =>
  isTable(value) ? Object.entries(value).flatMap(([name, one]) => (isTable(one) ? [[name, one] as const] : [])) : [];

/** Faults between keys. They are sought whether or not the values are good. */
function relations(document: Table): readonly Issue[] {
  const applications = isTable(document.oauth) ? document.oauth : {};
  const endpoints: readonly (readonly [Path, Table])[] = [
    ...(['source', 'destination'] as const).flatMap((side) => {
      const table = document[side];
      return isTable(table) ? [[[side], table] as const] : [];
    }),
    ...tablesIn(document.server).map(([name, table]) => [['server', name], table] as const),
  ];
  return [
    ...endpoints.flatMap(([path, table]) => [
      ...endpointFaults(table).map(({ key, why }) => ({ path: [...path, key], why })),
      ...(path[0] === 'server' && !('url' in table) ? [{ path, why: '"url" is missing' }] : []),
      ...(typeof table.oauth === 'string' && !Object.hasOwn(applications, table.oauth)
        ? [{ path: [...path, 'oauth'], why: 'there is no table [oauth.NAME] of this name' }]
        : []),
    ]),
    ...tablesIn(document.oauth).flatMap(([name, table]) =>
      faultsOf(table).map(({ key, why }) => ({
        path: key === null ? ['oauth', name] : ['oauth', name, key],
        why,
      })),
    ),
    ...noticeFaults(document.notify),
  ];
}

function noticeFaults(table: unknown): readonly Issue[] {
  if (!isTable(table)) return [];
  const given = WEBHOOKS.filter((key) => key in table);
  return [
    ...given.slice(1).map((key) => ({ path: ['notify', key], why: `give one of ${WEBHOOKS.join(', ')}` })),
    ...('shape' in table && given.length === 0
      ? [{ path: ['notify', 'shape'], why: `means nothing without one of ${WEBHOOKS.join(', ')}` }]
      : []),
    ...passwordFaults(table.mail),
  ];
}

function passwordFaults(mail: unknown): readonly Issue[] {
  if (!isTable(mail)) return [];
  const all = Object.values(MAIL_PASSWORD);
  return all
    .filter((key) => key in mail)
    .slice(1)
    .map((key) => ({ path: ['notify', 'mail', key], why: `give one of ${all.join(', ')}, not more than one` }));
}
