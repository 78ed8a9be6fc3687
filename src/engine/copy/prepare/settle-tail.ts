import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { type ScanItems, scanMessages } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';
import { literalText } from '../../imap/grammar/response-reader.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';
import type { CopyContext } from '../job.js';
import { instantIn } from '../message/message-date.js';
import { scanFrom, scanNamed, scanWhole, unknownAmong } from '../scan/scan-destination.js';
import { readFingerprints } from '../transfer/read-whole.js';
import { type Candidate, type Glimpse, messageIdOf, TIERS, type Tier, tierKey } from './matching.js';
import { type Reconciled, reconcile } from './reconcile.js';

/** The fields of a scanned row by which messages are matched. */
export function glimpseOf(row: NamedRow): Glimpse {
  return {
    uid: row.uid,
    size: row.size ?? 0,
    date: instantIn(row.internalDate),
    messageId: row.header === undefined ? undefined : row.header === null ? null : messageIdOf(literalText(row.header)),
  };
}

/** Messages at the destination at or above `from` that the ledger does not know. */
export async function strangersFrom(
  desk: Desk,
  folder: string,
  from: number,
  ledger: UidLedger,
  notOurs: UidSet,
  items: Exclude<ScanItems, 'sizes'> = 'sizes, dates, flags and ids',
): Promise<Glimpse[]> {
  const known = ledger.destinationsKnown();
  known.addAll(notOurs);
  const strangers: Glimpse[] = [];
  await scanFrom(desk, folder, from, items, (row) => {
    if (!known.has(row.uid)) strangers.push(glimpseOf(row));
  });
  return strangers;
}

/** Messages at the destination that are not known as ours. */
export interface Tail {
  readonly strangers: readonly Glimpse[];
  /** Number of messages that the destination counts and does not show: ours may be among them. */
  readonly unread: number;
}

/**
 * The tail, with the messages that cannot be read. For a whole folder (`from` is 1) EXISTS tells how many these are.
 */
export async function readTail(
  context: CopyContext,
  folders: { readonly destination: string; readonly name: string },
  from: number,
  ledger: UidLedger,
  notOurs: UidSet,
): Promise<Tail> {
  const known = ledger.destinationsKnown().union(notOurs);
  const strangers: Glimpse[] = [];
  const items = 'sizes, dates, flags and ids';
  const take = (row: NamedRow) => {
    if (!known.has(row.uid)) strangers.push(glimpseOf(row));
  };
  if (from === 1) {
    const hidden = await scanWhole(context, folders, items, take);
    return { strangers, unread: unknownAmong(hidden, known) };
  }
  const { unread, last } = await scanFrom(context.connections.destination.read, folders.destination, from, items, take);
  // `n:*` names the last message even where its UID is below n (RFC 9051 section 6.4.9). This one is far below, so
  // UIDNEXT was too high when the floor was set.
  if (last !== null && last < from - 1) return readTail(context, folders, 1, ledger, notOurs);
  return { strangers, unread: unread.minus(known).size };
}

/** The tail by these UIDs alone, which are known already. */
export async function strangersAmong(desk: Desk, folder: string, uids: UidSet): Promise<Glimpse[]> {
  const glimpses = await glimpsesOf(desk, folder, uids);
  const seen = UidSet.from(glimpses.map(({ uid }) => uid));
  if (uids.minus(seen).isEmpty) return glimpses;
  await scanNamed(desk, folder, uids, 'sizes, dates, flags and ids', seen, (row) => {
    if (uids.has(row.uid) && seen.add(row.uid)) glimpses.push(glimpseOf(row));
  });
  return glimpses;
}

/** Reads these messages without their bodies, on either side. */
export async function glimpsesOf(desk: Desk, folder: string, uids: UidSet): Promise<Glimpse[]> {
  const glimpses: Glimpse[] = [];
  const sets = setsAround(uids);
  await Promise.all(
    sets.map((set) =>
      scanMessages(desk, folder, set, 'sizes, dates, flags and ids', (row) => {
        if (uids.has(row.uid)) glimpses.push(glimpseOf(row));
      }),
    ),
  );
  return glimpses;
}

/** Reads the properties of the source messages that may be equal to messages at the destination. */
async function candidatesFor(
  desk: Desk,
  folder: string,
  uids: UidSet,
  settled: UidSet,
  there: readonly Glimpse[],
  { items, tiers }: Round,
): Promise<Candidate[]> {
  const keys = new Map(tiers.map((tier) => [tier, new Set(there.map((message) => tierKey(tier, message)))]));
  const candidates: Candidate[] = [];
  const take = (row: NamedRow) => {
    if (!uids.has(row.uid)) return;
    const glimpse = glimpseOf(row);
    const alike = tiers.some((tier) => {
      const key = tierKey(tier, glimpse);
      return key !== null && keys.get(tier)!.has(key);
    });
    if (alike) candidates.push({ ...glimpse, settled: settled.has(row.uid) });
  };
  await Promise.all(setsAround(uids).map((set) => scanMessages(desk, folder, set, items, take)));
  return candidates;
}

/** One round over the messages that are not matched yet. */
interface Round {
  readonly tiers: readonly Tier[];
  readonly items: Exclude<ScanItems, 'sizes'>;
  /** The form with which messages at the destination are compared: the source's as they are, or as they are when repaired. */
  readonly form: 'as-is' | 'repaired';
}

const AS_IS: Readonly<Record<'ours' | 'before us', readonly Round[]>> = {
  // Most messages of a tail kept their size and date. Message-IDs are asked for only where those differ.
  ours: [
    { tiers: ['size and date'], items: 'sizes, dates and flags', form: 'as-is' },
    { tiers: ['id', 'size', 'date', 'no id'], items: 'sizes, dates, flags and ids', form: 'as-is' },
  ],
  'before us': [{ tiers: TIERS, items: 'sizes, dates, flags and ids', form: 'as-is' }],
};
/** The round for repaired messages. A repair changes the size, and may change what is read as Message-ID. */
const REPAIRED: Round = { tiers: ['any'], items: 'sizes, dates and flags', form: 'repaired' };

/** The messages to look for. */
export interface Sought {
  /** Source UIDs that may be there. */
  readonly unsettled: UidSet;
  /** Source UIDs that are there under a UID that is not known. */
  readonly unknown: UidSet;
  /** UIDs of both sets that may have been sent repaired. */
  readonly repaired: UidSet;
  /** `ours`: the tail of a broken run. `before us`: mail that another tool or a lost state folder left. */
  readonly origin: 'ours' | 'before us';
}

/** Finds out which of the unknown messages at the destination are equal in content to ours. */
export async function matchUnknown(
  context: CopyContext,
  folders: { readonly source: string; readonly destination: string },
  there: readonly Glimpse[],
  { unsettled, unknown, repaired, origin }: Sought,
): Promise<Reconciled> {
  const free = unsettled.union(unknown);
  const pairs: (readonly [source: number, destination: number])[] = [];
  let open = there;
  let read = 0;
  for (const round of [...AS_IS[origin], REPAIRED]) {
    const among = round.form === 'repaired' ? free.intersect(repaired) : free;
    if (open.length === 0 || among.isEmpty) continue;
    const candidates = await candidatesFor(
      context.connections.source.scan,
      folders.source,
      among,
      unknown,
      open,
      round,
    );
    const found = await compare(context, folders, open, candidates, round);
    const sources = UidSet.from(found.pairs.map(([source]) => source));
    free.deleteAll(sources);
    pairs.push(...found.pairs);
    const left = new Set(found.strangers);
    open = open.filter(({ uid }) => left.has(uid));
    read += found.read;
  }
  return {
    pairs: pairs.sort(([a], [b]) => a - b),
    strangers: open.map(({ uid }) => uid),
    read,
  };
}

function compare(
  context: CopyContext,
  folders: { readonly source: string; readonly destination: string },
  there: readonly Glimpse[],
  candidates: readonly Candidate[],
  { tiers, form }: Round,
): Promise<Reconciled> {
  const { source, destination } = context.connections;
  const sizes = { source: sizesOf(candidates), destination: sizesOf(there) };
  return reconcile(
    there,
    candidates,
    (uids) => readFingerprints(context, source.fetch, folders.source, todoOf(uids, sizes.source), form),
    (uids) => readFingerprints(context, destination.read, folders.destination, todoOf(uids, sizes.destination)),
    tiers,
  );
}

const sizesOf = (messages: readonly Glimpse[]) => new Map(messages.map(({ uid, size }) => [uid, size]));
const todoOf = (uids: readonly number[], sizes: ReadonlyMap<number, number>) =>
  uids.map((uid) => ({ uid, size: sizes.get(uid) ?? 0 }));
