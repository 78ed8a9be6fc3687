import type { UidLedger } from '../../store/uid-ledger.js';
import { UidSet } from '../../store/uid-set.js';
import type { Desk } from '../imap/desk.js';
import { type NamedRow, type ScanItems, scanMessages } from '../imap/fetch.js';
import { instantOf } from '../imap/internal-date.js';
import { literalText } from '../imap/response-reader.js';
import type { CopyContext } from './job.js';
import { type Candidate, type Glimpse, matchByIds, messageIdOf, TIERS, type Tier, tierKey } from './matching.js';
import { readFingerprints } from './read-whole.js';
import { type Reconciled, reconcile } from './reconcile.js';
import { LONGEST_SET } from './scan-source.js';

/** A row of a scan as the matching wants it. */
export function glimpseOf(row: NamedRow): Glimpse {
  return {
    uid: row.uid,
    size: row.size ?? 0,
    date: row.internalDate === undefined ? undefined : instantOf(row.internalDate),
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
  await scanMessages(desk, folder, `${from}:*`, items, (row) => {
    if (row.uid >= from && !known.has(row.uid)) strangers.push(glimpseOf(row));
  });
  return strangers;
}

/** The same of those UIDs alone, where it was found out before which they are. */
export async function strangersAmong(desk: Desk, folder: string, uids: UidSet): Promise<Glimpse[]> {
  const strangers: Glimpse[] = [];
  const sets = uids.runs > 2000 ? [`${uids.first}:${uids.last}`] : uids.strings(LONGEST_SET);
  await Promise.all(
    sets.map((set) =>
      scanMessages(desk, folder, set, 'sizes, dates, flags and ids', (row) => {
        if (uids.has(row.uid)) strangers.push(glimpseOf(row));
      }),
    ),
  );
  return strangers;
}

/** Reads what is known of source messages that may be among some at the destination, and no others. */
export async function candidatesFor(
  desk: Desk,
  folder: string,
  uids: UidSet,
  settled: UidSet,
  there: readonly Glimpse[],
  items: Exclude<ScanItems, 'sizes'>,
  tiers: readonly Tier[],
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
  const sets = uids.runs > 2000 ? ['1:*'] : uids.strings(LONGEST_SET);
  await Promise.all(sets.map((set) => scanMessages(desk, folder, set, items, take)));
  return candidates;
}

export interface TailMatch extends Reconciled {
  /** Matched by Message-ID, size and date, without reading them. */
  readonly byIds: number;
}

/**
 * Finds out which of the unknown messages at the destination are ours.
 *
 * `ours`: the tail of a broken run; only equal content settles. `before us`: mail that another
 * tool or a lost state folder left; Message-ID, size and date do where they are unique.
 */
export async function matchUnknown(
  context: CopyContext,
  folders: { readonly source: string; readonly destination: string },
  there: readonly Glimpse[],
  unsettled: UidSet,
  unknown: UidSet,
  origin: 'ours' | 'before us',
): Promise<TailMatch> {
  const { scan } = context.lines.source;
  const all = unsettled.union(unknown);
  if (there.length === 0 || all.isEmpty)
    return { pairs: [], strangers: there.map(({ uid }) => uid), read: 0, byIds: 0 };
  if (origin === 'before us') {
    const candidates = await candidatesFor(
      scan,
      folders.source,
      all,
      unknown,
      there,
      'sizes, dates, flags and ids',
      TIERS,
    );
    const byIds = matchByIds(there, candidates);
    const taken = { source: new Set(byIds.map(([uid]) => uid)), there: new Set(byIds.map(([, uid]) => uid)) };
    const rest = await compare(
      there.filter(({ uid }) => !taken.there.has(uid)),
      candidates.filter(({ uid }) => !taken.source.has(uid)),
      TIERS,
    );
    return { ...rest, pairs: [...byIds, ...rest.pairs].sort(([a], [b]) => a - b), byIds: byIds.length };
  }
  // Most of a tail has kept its size and date; Message-IDs are asked for only for what has not.
  const first: readonly Tier[] = ['size and date'];
  const alike = await candidatesFor(scan, folders.source, all, unknown, there, 'sizes, dates and flags', first);
  const found = await compare(there, alike, first);
  if (found.strangers.length === 0) return { ...found, byIds: 0 };
  const left = new Set(found.strangers);
  const open = there.filter(({ uid }) => left.has(uid));
  const free = all.minus(UidSet.from(found.pairs.map(([uid]) => uid)));
  const others: readonly Tier[] = ['id', 'size', 'date', 'no id'];
  const candidates = await candidatesFor(
    scan,
    folders.source,
    free,
    unknown,
    open,
    'sizes, dates, flags and ids',
    others,
  );
  const rest = await compare(open, candidates, others);
  return {
    pairs: [...found.pairs, ...rest.pairs].sort(([a], [b]) => a - b),
    strangers: rest.strangers,
    read: found.read + rest.read,
    byIds: 0,
  };

  function compare(messages: readonly Glimpse[], candidates: readonly Candidate[], tiers: readonly Tier[]) {
    const sizes = { source: sizesOf(candidates), destination: sizesOf(messages) };
    return reconcile(
      messages,
      candidates,
      (uids) => readFingerprints(context, context.lines.source.fetch, folders.source, todoOf(uids, sizes.source)),
      (uids) =>
        readFingerprints(context, context.lines.destination.read, folders.destination, todoOf(uids, sizes.destination)),
      tiers,
    );
  }
}

const sizesOf = (messages: readonly Glimpse[]) => new Map(messages.map(({ uid, size }) => [uid, size]));
const todoOf = (uids: readonly number[], sizes: ReadonlyMap<number, number>) =>
  uids.map((uid) => ({ uid, size: sizes.get(uid) ?? 0 }));
