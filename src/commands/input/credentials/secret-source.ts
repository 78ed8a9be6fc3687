import { resolve } from 'node:path';
import { Secret } from '../../../engine/imap/session/credentials.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Clock } from '../../../words/clock.js';
import { readPrivateFile } from '../oauth/private-file.js';
import { runSecretCommand } from './credential-command.js';
import { splitWords } from './shell-words.js';

/** Where a secret comes from, and the key that says so; a file of settings never holds one itself. */
export type SecretSource =
  | { readonly from: 'file'; readonly path: string; readonly key: string }
  | { readonly from: 'command'; readonly argv: readonly string[]; readonly key: string }
  | { readonly from: 'environment'; readonly name: string; readonly key: string };

/** The keys of a table of which one says where a secret is. */
export interface SourceKeys<Key extends string = string> {
  readonly file: Key;
  readonly command: Key;
  readonly env: Key;
}

/**
 * @param folder  that paths are taken from
 * @returns null: no key says where
 * @throws BadInput  where the words of a command cannot be told apart
 */
export function sourceOf<Key extends string>(
  table: { readonly [key in Key]?: string | undefined },
  keys: SourceKeys<Key>,
  folder: string,
): SecretSource | null {
  const [file, command, name] = [table[keys.file], table[keys.command], table[keys.env]];
  if (file !== undefined) return { from: 'file', path: resolve(folder, file), key: keys.file };
  if (command !== undefined) return { from: 'command', argv: splitWords(command, keys.command), key: keys.command };
  return name === undefined ? null : { from: 'environment', name, key: keys.env };
}

/**
 * The first line of a secret, for a command that needs it now.
 *
 * @param called  for messages: the key, and where it stands
 * @throws BadInput
 */
export async function readFirstLine(
  source: SecretSource,
  called: string,
  world: { readonly clock: Clock; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Secret> {
  switch (source.from) {
    case 'file':
      return await readSecretFile(source.path, called);
    case 'command':
      return await runSecretCommand(source.argv, world, (why) => {
        throw new BadInput(`${called} ${why}`);
      });
    case 'environment': {
      const value = world.env[source.name];
      if (!value) throw new BadInput(`${called}: the variable ${source.name} is not set`);
      return new Secret(value);
    }
  }
}

/**
 * The first line of a private file: editors end a file with a newline, and it is no part of a secret.
 *
 * @param what  for messages: `secret-file`
 * @throws BadInput
 */
export async function readSecretFile(path: string, what: string): Promise<Secret> {
  const text = await readPrivateFile(path, what);
  const line = text.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (line === '') throw new BadInput(`${what} ${path}: its first line is empty`);
  return new Secret(line);
}
