import { dirname, resolve } from 'node:path';
import { profileNamed } from '../../../engine/profiles/find.js';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import { SIDES, type Side } from '../../../words/side.js';
import { WAYS } from '../credentials/ways.js';
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

/** The options that the table of a side gives. */
export function sideSettings({ file, written }: Config, side: Side): readonly Setting[] {
  return endpointSettings(written[side] ?? {}, [side], side, file);
}

/** The options that the other tables give. The URL of notices is not among them: it is a secret. */
export function tableSettings({ written }: Config, tables: readonly Exclude<OptionTable, Side>[]): readonly Setting[] {
  const { batch = {}, notify: { command, when } = {} } = written;
  return [
    ...(tables.includes('batch') ? plainSettings(batch, ['batch'], optionOf) : []),
    ...(tables.includes('notify')
      ? plainSettings({ command, when }, ['notify'], (key) => optionOf(`notify-${key}`))
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
  const { url, oauth, 'password-file': passwordFile, ca, profile, budget, ...plain } = table;
  const near = (other: string) => resolve(dirname(file), other);
  const values = {
    url,
    oauth: oauth === undefined ? undefined : { file, name: oauth },
    'password-file': passwordFile === undefined ? undefined : near(passwordFile),
    ca: ca === undefined ? undefined : near(ca),
    profile: profile === undefined || profileNamed(profile) !== null ? profile : near(profile),
    budget: typeof budget === 'object' ? budget[side === 'source' ? 'down' : 'up'] : budget,
    ...plain,
  };
  return plainSettings(values, path, (key) => (key === 'url' ? side : optionOf(`${side}-${key}`)));
}

/** @param values  undefined: the key is not there */
function plainSettings(
  values: Readonly<Record<string, Setting['value'] | number | undefined>>,
  path: Path,
  flag: (key: string) => string,
): readonly Setting[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ flag: flag(key), path: [...path, key], value: typeof value === 'number' ? String(value) : value }],
  );
}

/** `source-ca` as commander calls it. */
const optionOf = (key: string): string => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The options of a side of which one says where its secrets are. */
export const wayOptions = (side: Side): readonly string[] =>
  Object.values(WAYS).map((way) => optionOf(`${side}-${way}`));
