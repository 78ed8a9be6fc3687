import { parse, TomlError } from 'smol-toml';
import { BadInput } from '../../../words/bad-input.js';
import { readOwnFile } from '../oauth/private-file.js';
import type { Issue, Path } from '../zod-issues.js';
import type { WrittenConfig } from './config-schema.js';
import { judgeConfig } from './issues.js';
import type { Place } from './places.js';

/** A configuration that can be used. */
export interface Config {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly written: WrittenConfig;
}

/** A file, read: usable, or with all that is wrong. */
export type ConfigRead =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly complaints: readonly string[] };

/**
 * Reads a configuration and judges all of it.
 *
 * @throws BadInput  where the file cannot be read, or others may write it
 */
export async function readConfig(file: string): Promise<ConfigRead> {
  const text = await readOwnFile(file, 'configuration');
  const document = parsed(text);
  if (document instanceof TomlError) {
    // Below its first line the parser repeats what stands there.
    const [why] = document.message.split('\n', 1);
    return { ok: false, complaints: [`${placeText(file, document)}: ${why}`] };
  }
  const judged = judgeConfig(document);
  if (judged.ok) return { ok: true, config: { file, text, written: judged.written } };
  const placeOf = await placesOf({ text });
  const found = judged.issues.map((issue) => ({ issue, place: placeOf(issue.path) }));
  found.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return { ok: false, complaints: found.map(({ issue, place }) => complaint(file, issue, place)) };
}

/** Finds where keys of a configuration stand. */
export async function placesOf({ text }: Pick<Config, 'text'>): Promise<(path: Path) => Place> {
  // Its parser is loaded only where something is wrong, or somebody asks where a value stands.
  return (await import('./places.js')).placesIn(text);
}

function parsed(text: string): Readonly<Record<string, unknown>> | TomlError {
  try {
    return parse(text, { unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}

/** `/path/nightferry.toml:4:1`. */
export const placeText = (file: string, { line, column }: Place): string => `${file}:${line}:${column}`;

function complaint(file: string, { path, why, namesItself }: Issue, place: Place): string {
  const whole = called(path);
  const text = namesItself ? `${whole.slice(0, whole.indexOf(']') + 1)} ${why}` : `${whole}: ${why}`;
  return `${placeText(file, place)}: ${text}`;
}

/** `[source] url`, `[batch] include`: as it stands in the file. */
export function called(path: Path): string {
  const keys = path.filter((part) => typeof part === 'string');
  const table = keys.slice(0, -1);
  const isTable = keys.length === 2 && (keys[0] === 'oauth' || keys[0] === 'server');
  if (isTable || table.length === 0) return `[${keys.join('.')}]`;
  return `[${table.join('.')}] ${keys.at(-1)}`;
}

/**
 * The configuration, for a command that works with it.
 *
 * @throws BadInput  in one line, with the first of its faults
 */
export async function mustRead(file: string): Promise<Config> {
  const read = await readConfig(file);
  if (read.ok) return read.config;
  const [first = ''] = read.complaints;
  const more = read.complaints.length - 1;
  const rest = more === 0 ? '' : `; and ${more} more: \`nightferry config check\` names them all`;
  throw new BadInput(`${first}${rest}`);
}
