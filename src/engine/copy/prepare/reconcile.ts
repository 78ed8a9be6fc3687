import type { Side } from '../../../words/side.js';
import type { Fingerprint } from '../message/fingerprint.js';
import { type Candidate, type Glimpse, groupBy, TIERS, type Tier } from './matching.js';

/** Reads messages whole and returns their fingerprints; messages that are gone are left out. */
export type ReadFingerprints = (uids: readonly number[]) => Promise<ReadonlyMap<number, Fingerprint>>;

export interface Reconciled {
  /** Source and destination UIDs of messages proven equal. */
  readonly pairs: readonly (readonly [source: number, destination: number])[];
  /** Destination UIDs that are none of ours. */
  readonly strangers: readonly number[];
  /** How many bodies were read, for the log. */
  readonly read: number;
}

/** Messages of both sides that are alike by one tier. */
interface Meeting {
  readonly mine: Candidate[];
  readonly theirs: Glimpse[];
}

/**
 * Finds out which messages at the destination are ours.
 *
 * Properties other than the body only choose the messages to compare; only equal content settles a
 * message. Each destination message is matched with at most one of the source, so that equal messages
 * keep their number.
 *
 * @param there       destination messages of unknown origin
 * @param candidates  source messages that may be among them
 */
export async function reconcile(
  there: readonly Glimpse[],
  candidates: readonly Candidate[],
  readSource: ReadFingerprints,
  readDestination: ReadFingerprints,
  tiers: readonly Tier[] = TIERS,
): Promise<Reconciled> {
  const open = new Map(there.map((message) => [message.uid, message]));
  const free = new Map(candidates.map((message) => [message.uid, message]));
  const prints = { source: new Map<number, Fingerprint | null>(), destination: new Map<number, Fingerprint | null>() };
  const pairs: [number, number][] = [];

  for (const tier of tiers) {
    const sources = groupBy(free.values(), tier);
    const meetings: Meeting[] = [];
    for (const [key, theirs] of groupBy(open.values(), tier)) {
      const mine = sources.get(key);
      if (mine) meetings.push({ mine, theirs });
    }
    await learn(
      prints.destination,
      meetings.flatMap((meeting) => meeting.theirs),
      readDestination,
    );
    await learn(
      prints.source,
      meetings.flatMap((meeting) => meeting.mine),
      readSource,
    );
    for (const meeting of meetings) {
      for (const how of ['exact', 'canonical'] as const) {
        for (const [source, destination] of pairUp({ open, free, prints }, meeting, how)) {
          free.delete(source);
          open.delete(destination);
          pairs.push([source, destination]);
        }
      }
    }
  }
  return {
    pairs: pairs.sort(([a], [b]) => a - b),
    strangers: [...open.keys()],
    read: prints.source.size + prints.destination.size,
  };
}

/** Messages that are not paired yet, and the fingerprints of those that were read. */
interface Unpaired {
  readonly open: Map<number, Glimpse>;
  readonly free: Map<number, Candidate>;
  readonly prints: Readonly<Record<Side, Map<number, Fingerprint | null>>>;
}

/** Pairs messages of equal content, settled ones first. The caller removes each pair from {@link Unpaired}. */
function* pairUp(
  { open, free, prints }: Unpaired,
  { mine, theirs }: Meeting,
  how: keyof Fingerprint,
): Generator<[number, number]> {
  const byPrint = new Map<string, Candidate[]>();
  const inOrder = mine
    .filter(({ uid }) => free.has(uid))
    .sort((a, b) => Number(b.settled) - Number(a.settled) || a.uid - b.uid);
  for (const candidate of inOrder) {
    const print = prints.source.get(candidate.uid)?.[how];
    if (print === undefined) continue;
    const equals = byPrint.get(print);
    if (equals) equals.push(candidate);
    else byPrint.set(print, [candidate]);
  }
  for (const message of theirs) {
    if (!open.has(message.uid)) continue;
    const print = prints.destination.get(message.uid)?.[how];
    const source = print === undefined ? undefined : byPrint.get(print)?.shift();
    if (source) yield [source.uid, message.uid];
  }
}

async function learn(
  known: Map<number, Fingerprint | null>,
  messages: readonly Glimpse[],
  read: ReadFingerprints,
): Promise<void> {
  const unknown = [...new Set(messages.map(({ uid }) => uid))].filter((uid) => !known.has(uid)).sort((a, b) => a - b);
  if (unknown.length === 0) return;
  const found = await read(unknown);
  for (const uid of unknown) known.set(uid, found.get(uid) ?? null);
}
