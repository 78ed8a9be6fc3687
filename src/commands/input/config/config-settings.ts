import { dirname, resolve } from 'node:path';
import { profileNamed } from '../../../engine/profiles/find.js';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import { SIDES, type Side } from '../../../words/side.js';
import { type EndpointFlags, endpointFlags } from '../endpoint/endpoint-options.js';
import type { Path } from '../zod-issues.js';
import type { EndpointTable } from './endpoint-schema.js';
import type { Config } from './read-config.js';

/** A key of the configuration as the option that it stands for. */
export interface Setting {
  /** As commander calls it: `sourceCa`, `folderPrefix`. */
  readonly flag: string;
  readonly path: Path;
  readonly value: string | boolean | readonly string[] | OAuthPlace;
}

/** Tables whose keys are options. */
export type OptionTable = 'source' | 'destination' | 'batch' | 'notify';

export const ALL_TABLES: readonly OptionTable[] = [...SIDES, 'batch', 'notify'];

/** `preauth` opens one account: all mailboxes of a plan would get its mail. */
export const NOT_FOR_PLANS: readonly string[] = ['sourcePreauth', 'destinationPreauth'];

/** The options that these tables give. The URL of notices is not among them: it is a secret. */
export function settingsIn(config: Config, tables: readonly OptionTable[]): readonly Setting[] {
  const { written } = config;
  const sides = SIDES.filter((side) => tables.includes(side)).flatMap((side) =>
    written[side] ? endpointSettings(written[side], [side], side, config.file) : [],
  );
  return [
    ...sides,
    ...(tables.includes('batch') ? plainSettings(written.batch ?? {}, 'batch', camel) : []),
    ...(tables.includes('notify')
      ? plainSettings(notifyOptions(config), 'notify', (key) => camel(`notify-${key}`))
      : []),
  ];
}

/** A server of the configuration. */
export interface NamedServer {
  readonly url: string;
  /** The keys of its table as options of one side, for `readEndpoint`. */
  readonly flags: EndpointFlags;
  readonly settings: readonly Setting[];
}

/**
 * The server that a plan or an option names.
 *
 * @returns null: there is none of this name
 */
export function namedServer({ file, written }: Config, name: string, side: Side): NamedServer | null {
  const table = Object.hasOwn(written.server ?? {}, name) ? written.server?.[name] : undefined;
  if (table?.url === undefined) return null;
  const settings = endpointSettings(table, ['server', name], side, file);
  return { url: table.url, flags: endpointFlags(Object.fromEntries(settings.map(pair)), side), settings };
}

const pair = ({ flag, value }: Setting): readonly [string, Setting['value']] => [flag, value];

function endpointSettings(table: EndpointTable, path: Path, side: Side, file: string): readonly Setting[] {
  const flag = (key: string) => camel(`${side}-${key}`);
  const { url, oauth, ca, profile, budget: either, ...plain } = table;
  const budget = typeof either === 'object' ? either[side === 'source' ? 'down' : 'up'] : either;
  const isFile = profile !== undefined && profileNamed(profile) === null;
  return [
    ...(url === undefined ? [] : [{ flag: side, path: [...path, 'url'], value: url }]),
    ...(oauth === undefined
      ? []
      : [{ flag: flag('oauth'), path: [...path, 'oauth'], value: { file, name: oauth } satisfies OAuthPlace }]),
    ...(ca === undefined ? [] : [{ flag: flag('ca'), path: [...path, 'ca'], value: resolve(dirname(file), ca) }]),
    ...(profile === undefined
      ? []
      : [
          {
            flag: flag('profile'),
            path: [...path, 'profile'],
            value: isFile ? resolve(dirname(file), profile) : profile,
          },
        ]),
    ...(budget === undefined ? [] : [{ flag: flag('budget'), path: [...path, 'budget'], value: budget }]),
    ...Object.entries(plain).map(([key, value]) => ({
      flag: flag(key),
      path: [...path, key],
      value: typeof value === 'number' ? String(value) : value,
    })),
  ];
}

function notifyOptions({ written: { notify = {} } }: Config) {
  const { command, when } = notify;
  return { ...(command !== undefined && { command }), ...(when && { when }) };
}

type Plain = Readonly<Record<string, string | number | boolean | readonly string[]>>;

function plainSettings(table: Plain, name: string, flag: (key: string) => string): readonly Setting[] {
  return Object.entries(table).map(([key, value]) => ({
    flag: flag(key),
    path: [name, key],
    value: typeof value === 'number' ? String(value) : value,
  }));
}

const camel = (key: string): string => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
