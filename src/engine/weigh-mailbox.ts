import type { Clock } from '../words/clock.js';
import { astring } from './imap/piece.js';
import type { Wire } from './imap/wire.js';
import { type MailboxSize, sampleOf, sizeFrom } from './size-sample.js';

/** A folder to be weighed. */
export interface FullFolder {
  /** Its name on the wire. */
  readonly wire: string;
  readonly messages: number;
}

/** What a mailbox weighs, and which of its messages may be too large for a destination. */
export interface Weight {
  /** Null where it could not be found out in time. */
  readonly size: MailboxSize | null;
  /** Bytes of each message over {@link LARGE}; null where they could not be found out in time. */
  readonly large: readonly number[] | null;
}

/** Somebody waits at a form. */
const WITHIN_MS = 8_000;
/** Messages that are asked for their size: some 30 bytes each on the way, more for servers that must look. */
export const MOST_ASKED = 20_000;
/** Folders that are opened. */
const MOST_FOLDERS = 500;
/** The smallest limit that destinations are known to have (Exchange on premises), in bytes. */
export const LARGE = 10 * 1024 * 1024;
/** More of them than this are not looked at one by one. */
const MOST_LARGE = 5_000;

const SEARCH_ROW = /^\* SEARCH\b([\d ]*)/i;
const SIZE_ROW = /^\* \d+ FETCH \(.*\bRFC822\.SIZE (\d+)/i;

/**
 * Weighs a mailbox by what its server says of its messages, opening folders by EXAMINE only. It takes 8 s at most:
 * what is known by then is what is told.
 *
 * @param known bytes that the server told by itself (STATUS=SIZE, RFC 8438): then only large messages are looked for
 * @throws LineLost
 */
export async function weighMailbox(
  wire: Wire,
  folders: readonly FullFolder[],
  known: MailboxSize | null,
  clock: Clock,
): Promise<Weight> {
  const full = folders.filter(({ messages }) => messages > 0).toSorted((a, b) => b.messages - a.messages);
  const open = full.slice(0, MOST_FOLDERS);
  const all = full.reduce((sum, { messages }) => sum + messages, 0);
  const weighed = full.map(({ messages }) => ({ messages, counted: 0, bytes: 0 }));
  const large: number[] = [];
  const over = new AbortController();

  const examine = (folder: FullFolder) => wire.command('EXAMINE', ['EXAMINE ', astring(folder.wire)]);
  const fetch = (set: string, onSize: (bytes: number) => void) =>
    wire.command('FETCH', [`FETCH ${set} (RFC822.SIZE)`], ({ text }) => {
      const size = SIZE_ROW.exec(text)?.[1];
      if (size !== undefined) onSize(Number(size));
      return size !== undefined;
    });
  const search = async (): Promise<string> => {
    const found: string[] = [];
    const { status } = await wire.command('SEARCH', [`SEARCH LARGER ${LARGE}`], ({ text }) => {
      const row = SEARCH_ROW.exec(text)?.[1];
      if (row !== undefined) found.push(...row.split(' ').filter((number) => number !== ''));
      return row !== undefined;
    });
    if (status !== 'OK' || found.length > MOST_LARGE) throw new TooMuch();
    return found.join(',');
  };
  // All written at once: a round trip for each of a hundred folders is more than anybody waits.
  const looking = open.map(async (folder, at) => {
    const opened = examine(folder);
    const tally = weighed[at];
    const sized = known
      ? null
      : fetch(sampleOf(folder.messages, all, MOST_ASKED), (bytes) => {
          if (!tally) return;
          tally.counted += 1;
          tally.bytes += bytes;
        });
    const found = search();
    found.catch(() => undefined);
    await Promise.all([opened, sized]);
    return { folder, set: await found };
  });
  const findLarge = async (): Promise<readonly number[] | null> => {
    const found = (await Promise.all(looking)).filter(({ set }) => set !== '');
    await Promise.all(
      found.flatMap(({ folder, set }) => [examine(folder), fetch(set, (bytes) => void large.push(bytes))]),
    );
    return full.length > open.length ? null : large;
  };
  const told = await Promise.race([
    findLarge().catch((error: unknown) => {
      if (error instanceof TooMuch) return null;
      throw error;
    }),
    clock.sleep(WITHIN_MS, over.signal).then(() => null),
  ]);
  over.abort();
  return { size: known ?? sizeFrom(weighed), large: told };
}

/** A folder of which the large messages are not told. */
class TooMuch extends Error {}
