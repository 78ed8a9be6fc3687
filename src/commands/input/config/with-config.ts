import type { Command } from 'commander';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import type { Environment, Stderr, Timing } from '../../process/io.js';
import { note } from '../../process/note.js';
import { parseEndpointUrl } from '../endpoint/endpoint-url.js';
import { URL_VARIABLE } from '../notices/given-urls.js';
import type { ConfigFlag } from './config-option.js';
import {
  namedServer,
  type OptionTable,
  type Setting,
  sideSettings,
  tableSettings,
  wayOptions,
} from './config-settings.js';
import { findConfig } from './find-config.js';
import type { Config } from './read-config.js';
import { readNoticePlaces } from './webhook.js';

/** Options of a command line, filled up from the configuration. */
export interface Configured<F> {
  readonly flags: F;
  /** Null: there is none. */
  readonly config: Config | null;
  /** The options that came from it. */
  readonly taken: readonly Setting[];
}

/** How a command uses the configuration. */
export interface ConfigUse {
  readonly tables: readonly OptionTable[];
  /** Servers that the command line names as arguments, and not by `--source` and `--destination`. */
  readonly urls?: Readonly<Record<Side, string>>;
  /** Keys that mean nothing to this command, as options. */
  readonly without?: readonly string[];
  /** Nobody is told anything: the URL of notices is left where it is. */
  readonly webhook?: 'left';
}

/** Options of which one takes the place of the others. */
const ALTERNATIVES: readonly (readonly string[])[] = SIDES.flatMap((side) => [
  wayOptions(side),
  [`${side}Login`, `${side}Authzid`],
]);

/**
 * Fills options that were not given from the configuration.
 *
 * @throws BadInput  where the configuration cannot be used
 */
export async function withConfig<F extends ConfigFlag>(
  flags: F,
  command: Command,
  use: ConfigUse,
  io: Environment & Stderr & Timing,
): Promise<Configured<F>> {
  const file = await findConfig(flags.config, io);
  if (file === null) return { flags, config: null, taken: [] };
  // Without a configuration nobody waits for its reader.
  const config = await (await import('./read-config.js')).mustRead(file);
  const isGiven = (flag: string) => {
    const source = command.getOptionValueSource(flag);
    return source !== undefined && source !== 'default';
  };
  const filled: Record<string, unknown> = { ...(flags as object) };
  // With `--no-notify` nothing of its table counts.
  const isUsed = (table: OptionTable) => use.tables.includes(table) && !(table === 'notify' && isGiven('notify'));
  const settings: Setting[] = [...tableSettings(config, (['batch', 'notify'] as const).filter(isUsed))];
  for (const side of SIDES.filter((one) => use.tables.includes(one))) {
    const typed = use.urls?.[side] ?? (isGiven(side) ? filled[side] : undefined);
    const own = settingsOf(side, typeof typed === 'string' ? typed : null, config);
    if (own.unused) await note(`[${side}] of ${config.file} is about another server, and is not used`, io);
    settings.push(...own.settings);
    if (own.url !== null) filled[side] = own.url;
  }
  const taken = settings.filter(({ flag }) => !use.without?.includes(flag) && !isTakenBy(flag, isGiven));
  for (const { flag, value } of taken) filled[flag] = value;
  for (const side of SIDES) nameApplication(filled, `${side}Oauth`, config);
  if (use.tables.includes('notify') && use.webhook !== 'left') await addWebhook(filled, config, isGiven, io);
  // Each key of the configuration has the type of its option.
  return { flags: filled as F, config, taken };
}

interface OfSide {
  readonly settings: readonly Setting[];
  /** Where a name was typed, the URL that it stands for. */
  readonly url: string | null;
  /** There is a table, and it is about another server than the one that was typed. */
  readonly unused: boolean;
}

/** @param typed  URL or name of a server, as typed; null: none was */
function settingsOf(side: Side, typed: string | null, config: Config): OfSide {
  const server = typed === null ? null : namedServer(config, typed, side);
  if (server) return { settings: server.settings, url: server.url, unused: false };
  const settings = sideSettings(config, side);
  if (typed === null || isFor(config.written[side]?.url, typed)) return { settings, url: null, unused: false };
  return { settings: [], url: null, unused: settings.length > 0 };
}

function isTakenBy(flag: string, isGiven: (flag: string) => boolean): boolean {
  return isGiven(flag) || ALTERNATIVES.some((group) => group.includes(flag) && group.some(isGiven));
}

/** The section is about the server that was typed; credentials of one server are never sent to another. */
function isFor(written: string | undefined, typed: string): boolean {
  if (written === undefined) return true;
  try {
    const [a, b] = [written, typed].map((url) => parseEndpointUrl(url, 'url', 'starttls'));
    return a?.host === b?.host && a?.port === b?.port;
  } catch (error) {
    if (error instanceof BadInput) return false;
    throw error;
  }
}

/** `--source-oauth NAME`: a name of the configuration goes before a file of that name. */
function nameApplication(filled: Record<string, unknown>, flag: string, { file, written }: Config): void {
  const name = filled[flag];
  if (typeof name === 'string' && Object.hasOwn(written.oauth ?? {}, name)) filled[flag] = { file, name };
}

async function addWebhook(
  filled: Record<string, unknown>,
  config: Config,
  isGiven: (flag: string) => boolean,
  io: Environment & Timing,
): Promise<void> {
  if (isGiven('notify') || isGiven('notifyUrl') || io.env[URL_VARIABLE]) return;
  filled.notifyPlaces = await readNoticePlaces(config, io);
}
