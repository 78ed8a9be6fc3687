import { createHash } from 'node:crypto';
import type { OddFolder, OddMessage } from './mail.js';

/** Messages by title, `SUBJECT (N B)`. */
export interface OddDifference {
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  /** At the destination, and never at the source: foreign or altered. */
  readonly alien: readonly string[];
  readonly lostFlags: readonly string[];
  readonly changedDates: readonly string[];
}

/** Compares by the hash of the bytes, whatever folder a message is in; flags and dates by the order of the copies. */
export function compareFolders(source: readonly OddFolder[], destination: readonly OddFolder[]): OddDifference {
  const wanted = byContent(source);
  const found = byContent(destination);
  const missing: string[] = [];
  const doubled: string[] = [];
  const alien: string[] = [];
  const lostFlags: string[] = [];
  const changedDates: string[] = [];
  for (const [hash, messages] of wanted) {
    const copies = found.get(hash) ?? [];
    const name = titleOf(messages[0]!);
    missing.push(...Array<string>(Math.max(0, messages.length - copies.length)).fill(name));
    doubled.push(...Array<string>(Math.max(0, copies.length - messages.length)).fill(name));
    messages.forEach((message, at) => {
      const copy = copies[at];
      if (!copy) return;
      if (message.flags.some((flag) => !copy.flags.includes(flag))) lostFlags.push(name);
      if (instantOf(message) !== instantOf(copy)) changedDates.push(name);
    });
  }
  for (const [hash, copies] of found) if (!wanted.has(hash)) alien.push(...copies.map(titleOf));
  return { missing, doubled, alien, lostFlags, changedDates };
}

function byContent(folders: readonly OddFolder[]): Map<string, OddMessage[]> {
  const found = new Map<string, OddMessage[]>();
  for (const message of folders.flatMap(({ messages }) => messages)) {
    const hash = createHash('sha256').update(message.raw).digest('hex');
    found.set(hash, [...(found.get(hash) ?? []), message]);
  }
  return found;
}

function titleOf({ raw }: OddMessage): string {
  return `${/^Subject: ([^\r\n]*)/m.exec(raw.toString('latin1'))?.[1] ?? '?'} (${raw.length} B)`;
}

/** Text where it is no date that can be read. */
function instantOf({ date }: OddMessage): number | string {
  const instant = Date.parse(
    date
      .trim()
      .replaceAll('-', ' ')
      .replace(/ (\d{4})$/, ' -$1'),
  );
  return Number.isNaN(instant) ? date : instant;
}
