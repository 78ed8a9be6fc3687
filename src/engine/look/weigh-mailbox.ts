import type { Clock } from '../../words/clock.js';
import type { Tagged } from '../imap/connection/tagged.js';
import type { Wire } from '../imap/connection/wire.js';
import { astring } from '../imap/grammar/piece.js';
import { type MailboxSize, sampleOf, sizeFrom, type WeighedFolder } from './size-sample.js';

/** A folder to be weighed. */
export interface FullFolder {
  /** The folder's name on the wire. */
  readonly wire: string;
  readonly messages: number;
}

/** The size of a mailbox, and those of its messages that may be too large for a destination. */
export interface Weight {
  /** Null: it could not be found out in time. */
  readonly size: MailboxSize | null;
  /** Bytes of each message over {@link LARGE}; null where they could not be found out in time. */
  readonly large: readonly number[] | null;
  /** Messages that are marked `\Deleted`; null where they could not be counted in time. */
  readonly deleted: number | null;
  /** Folders of which something was weighed, by their names on the wire. */
  readonly folders: ReadonlyMap<string, MailboxSize>;
}

type Found = Pick<Weight, 'large' | 'deleted'>;
const NOTHING_FOUND: Found = { large: null, deleted: null };

/** Somebody waits at a form. */
const WITHIN_MS = 8_000;
/** Messages that are asked for their size: some 30 bytes each on the way, more for servers that must look. */
const MOST_ASKED = 20_000;
/** Folders that are opened. */
const MOST_FOLDERS = 500;
/** The smallest limit that destinations are known to have (Exchange on premises), in bytes. */
export const LARGE = 10 * 1024 * 1024;
/** The most large messages that are looked at one by one. */
const MOST_LARGE = 5_000;

const SEARCH_ROW = /^\* SEARCH\b([\d ]*)/i;
const SIZE_ROW = /^\* \d+ FETCH \(.*\bRFC822\.SIZE (\d+)/i;

/**
 * Weighs a mailbox by what its server says of its messages, opening folders by EXAMINE only. It takes 8 s at most:
 * what is known by then is what is told.
 *
 * @param known bytes that the server told by itself (STATUS=SIZE, RFC 8438): then only large messages are looked for
 */
export async function weighMailbox(
  wire: Wire,
  folders: readonly FullFolder[],
  known: MailboxSize | null,
  clock: Clock,
): Promise<Weight> {
  const full = folders.filter(({ messages }) => messages > 0).toSorted((a, b) => b.messages - a.messages);
  const all = full.reduce((sum, { messages }) => sum + messages, 0);
  const scales = full.map((folder): Scale => ({ folder, messages: folder.messages, counted: 0, bytes: 0 }));
  const open = scales.slice(0, MOST_FOLDERS);
  const enough = new AbortController();
  const find = async (): Promise<Found> => {
    // All written at once: a round trip for each of a hundred folders is more than anybody waits.
    const looked = await Promise.allSettled(open.map((scale) => weighFolder(wire, scale, known ? 0 : all)));
    const found = looked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const deleted = found.length < full.length ? null : sumOf(found.map((one) => one.deleted));
    if (found.length < full.length || found.some((one) => one.large === null)) return { large: null, deleted };
    const large: number[] = [];
    await Promise.all(
      found.flatMap(({ folder, large: set }) =>
        set ? [examine(wire, folder), fetchSizes(wire, set, (bytes) => void large.push(bytes))] : [],
      ),
    );
    return { large, deleted };
  };
  const found = await Promise.race([
    // A server that dies of being asked told enough before: it can be moved from all the same.
    find().catch(() => NOTHING_FOUND),
    clock.sleep(WITHIN_MS, enough.signal).then(() => NOTHING_FOUND),
  ]).finally(() => enough.abort());
  return { size: known ?? sizeFrom(scales), ...found, folders: sizesOf(scales) };
}

function sizesOf(scales: readonly Scale[]): ReadonlyMap<string, MailboxSize> {
  return new Map(
    scales.flatMap(({ folder, messages, counted, bytes }): [string, MailboxSize][] => {
      if (counted === 0) return [];
      const isWhole = counted >= messages;
      const all = isWhole ? bytes : Math.round((bytes / counted) * messages);
      return [[folder.wire, { bytes: all, is: isWhole ? 'whole' : 'about' }]];
    }),
  );
}

/** The part of a folder that was weighed so far. */
interface Scale extends WeighedFolder {
  readonly folder: FullFolder;
  counted: number;
  bytes: number;
}

/** @param all  messages of the whole mailbox; 0: sizes are known, only large messages are looked for */
async function weighFolder(
  wire: Wire,
  scale: Scale,
  all: number,
): Promise<{ readonly folder: FullFolder; readonly large: string | null; readonly deleted: number | null }> {
  const { folder } = scale;
  const set = all > 0 ? sampleOf(folder.messages, all, MOST_ASKED) : null;
  // The quick search goes first: Dovecot answers one that has to look at files after a quick one behind it, and nothing
  // in a row of SEARCH says which of the two it belongs to (RFC 9051 section 5.5).
  const [opened, deleted, large] = await Promise.all([
    examine(wire, folder),
    search(wire, 'DELETED'),
    search(wire, `LARGER ${LARGE}`),
    set &&
      fetchSizes(wire, set, (bytes) => {
        scale.counted += 1;
        scale.bytes += bytes;
      }),
  ]);
  // Some servers keep the folder open that was open before: what they weighed then is another one.
  if (opened.status === 'OK')
    return {
      folder,
      large: large === null || large.length > MOST_LARGE ? null : large.join(','),
      deleted: deleted?.length ?? null,
    };
  scale.counted = 0;
  scale.bytes = 0;
  return { folder, large: null, deleted: null };
}

function examine(wire: Wire, { wire: name }: FullFolder): Promise<Tagged> {
  return wire.command('EXAMINE', ['EXAMINE ', astring(name)]);
}

function fetchSizes(wire: Wire, set: string, onSize: (bytes: number) => void): Promise<Tagged> {
  return wire.command('FETCH', [`FETCH ${set} (RFC822.SIZE)`], ({ text }) => {
    const size = SIZE_ROW.exec(text)?.[1];
    if (size !== undefined) onSize(Number(size));
    return size !== undefined;
  });
}

/** @returns sequence numbers; null where the server does not tell */
async function search(wire: Wire, criterion: string): Promise<readonly string[] | null> {
  const found: string[] = [];
  const { status } = await wire.command('SEARCH', [`SEARCH ${criterion}`], ({ text }) => {
    const row = SEARCH_ROW.exec(text)?.[1];
    if (row !== undefined) found.push(...row.split(' ').filter((number) => number !== ''));
    return row !== undefined;
  });
  return status === 'OK' ? found : null;
}

/** The sum; null: one of the numbers is not known. */
function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
