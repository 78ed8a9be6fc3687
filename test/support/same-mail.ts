import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Account, Message } from '../../demo/server/index.js';
import type { Night } from './night.js';

/** One line a message: everything that must arrive, in an order of its own. */
export function mailIn(account: Account, path: string): string[] {
  return account.folder(path).messages.map(lineOf).sort();
}

function lineOf({ raw, flags, internalDate }: Message): string {
  const subject = /^Subject: ([^\r\n]*)/m.exec(raw.toString('latin1'))?.[1]?.slice(0, 30) ?? '-';
  const digest = createHash('sha256').update(raw).digest('hex').slice(0, 12);
  return `${subject} ${raw.length} ${digest} (${[...flags].sort().join(' ')}) ${new Date(internalDate).toISOString()}`;
}

/** Folders that hold mail, by path. */
export function foldersOf(account: Account): string[] {
  return [...account.folders].filter(([, folder]) => !folder.noselect).map(([path]) => path);
}

/**
 * Expects every message of a user in its folder at the destination, exactly as often as at the
 * source, with its bytes, flags and date; and nothing else.
 *
 * @param to where a source folder went, if not by its name
 */
export function expectSameMail(
  night: Night,
  user = night.users[0]!,
  to: (path: string) => string = (path) => path,
): void {
  const [source, destination] = [night.source.account(user), night.destination.account(user)];
  const wanted: Record<string, string[]> = {};
  for (const path of foldersOf(source)) wanted[to(path)] = [...(wanted[to(path)] ?? []), ...mailIn(source, path)];
  const found: Record<string, string[]> = {};
  for (const path of foldersOf(destination)) found[path] = mailIn(destination, path);
  for (const path of Object.keys(found)) if (!(path in wanted) && found[path]!.length === 0) delete found[path];
  for (const lines of Object.values(wanted)) lines.sort();
  expect(found).toEqual(wanted);
}
