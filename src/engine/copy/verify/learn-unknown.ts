import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext, FolderJob } from '../job.js';
import { canonicalBytes, canonicalPrint } from '../message/fingerprint.js';
import { matchInBulk } from '../prepare/bulk-match.js';
import { type Glimpse, groupBy } from '../prepare/matching.js';
import { glimpsesOf, matchUnknown, strangersAmong } from '../prepare/settle-tail.js';
import { readWhole } from '../transfer/read-whole.js';

/**
 * Finds the destination UIDs of stored messages on servers without UIDPLUS: by Message-ID, size and date where these are
 * unique, else by content. Size, date and order are no proof: a stranger's message may have the same second and size,
 * and several writers mix the order.
 */
export async function learnUnknown(context: CopyContext, job: FolderJob): Promise<void> {
  const { ledger, pair, notOurs } = job;
  const { unknown } = ledger;
  if (unknown.isEmpty) return;
  const folders = { source: pair.source.wire, destination: pair.destination.wire, name: pair.source.name };
  const { read } = context.connections.destination;
  const from = Math.min(ledger.floor, ledger.verifiedTo);
  const { left } = await matchInBulk(context, folders, ledger, from, notOurs, unknown);
  const there = await strangersAmong(read, folders.destination, left);
  const { repaired } = ledger.treated;
  const sought = { unsettled: new UidSet(), unknown: ledger.unknown, repaired, origin: 'before us' } as const;
  const match = await matchUnknown(context, folders, there, sought);
  ledger.learn(
    match.pairs.map(([uid]) => uid),
    match.pairs.map(([, uid]) => uid),
  );
  const strangers = new Set(match.strangers);
  await learnAltered(
    context,
    job,
    there.filter(({ uid }) => strangers.has(uid)),
  );
}

/**
 * The destination took these messages and holds no equal one, so it may have altered them. An altered message is found by
 * its Message-ID, if that is unique on each side. It is then compared like any other, and the change is noted.
 */
async function learnAltered(context: CopyContext, job: FolderJob, strangers: Glimpse[]): Promise<void> {
  const { ledger, pair } = job;
  const { unknown } = ledger;
  if (unknown.isEmpty || strangers.length === 0) return;
  const sought = await glimpsesOf(context.connections.source.scan, pair.source.wire, unknown);
  learnUnique(ledger, strangers, sought, 'id');
  // Without a Message-ID its bytes tell when it is compared.
  const nameless = strangers.filter(({ messageId }) => messageId === null);
  learnUnique(ledger, nameless, sought, 'size and date');
  await learnBeginnings(context, job, strangers, sought);
}

/** Learns the UIDs of messages that are alike in this, and the only ones of their side that are so. */
function learnUnique(
  ledger: UidLedger,
  strangers: readonly Glimpse[],
  mine: readonly Glimpse[],
  by: 'id' | 'size and date',
): void {
  const theirs = groupBy(strangers, by);
  const sought = mine.filter(({ uid }) => ledger.unknown.has(uid));
  for (const [key, [ours, ...others]] of groupBy(sought, by)) {
    const [there, ...more] = theirs.get(key) ?? [];
    if (ours && there && more.length === 0 && others.length === 0) ledger.learn([ours.uid], [there.uid]);
  }
}

/** Messages that are read whole on both sides at most. */
const MOST_READ = 64;

/**
 * A message without a Message-ID that is left there may be the beginning of one of ours, cut or empty. Its content
 * shows it, and it is then compared like any other.
 */
async function learnBeginnings(
  context: CopyContext,
  { ledger, pair }: FolderJob,
  strangers: readonly Glimpse[],
  mine: readonly Glimpse[],
): Promise<void> {
  const { unknown } = ledger;
  const nameless = strangers.filter(({ uid, messageId }) => messageId === null && ledger.sourceOf(uid) === undefined);
  if (nameless.length === 0 || nameless.length > MOST_READ || unknown.size > MOST_READ) return;
  const { source, destination } = context.connections;
  const parts: { readonly uid: number; readonly print: string; readonly length: number }[] = [];
  await readWhole(context, destination.read, pair.destination.wire, nameless, ({ uid, body }) => {
    const bytes = canonicalBytes(body);
    parts.push({ uid, print: canonicalPrint(bytes), length: bytes.length });
  });
  const sought = mine.filter(({ uid }) => unknown.has(uid));
  await readWhole(context, source.fetch, pair.source.wire, sought, ({ uid, body }) => {
    const whole = canonicalBytes(body);
    const at = parts.findIndex(({ print, length }) => canonicalPrint(whole.subarray(0, length)) === print);
    const [part] = at < 0 ? [] : parts.splice(at, 1);
    if (part) ledger.learn([uid], [part.uid]);
  });
}
