import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { endpointAt, endpointKeys } from '../../store/batch/endpoints.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { NightPace, PaceMark } from '../../words/night-pace.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Seen } from './measure.js';

/** Marks of a stretch in which a server asked mailboxes to rest, or a line dropped. */
const ASKED: readonly PaceMark[] = ['throttled', 'dropped', 'left alone'];
/** Marks of a stretch in which nobody could be at work, whatever the servers said. */
const OTHERWISE: readonly PaceMark[] = ['window closed', 'paused', 'no engine'];

/** Whether two batches move between the same servers, so that one tells something of the other. */
export function isBetweenSame(one: Batch, other: Batch): boolean {
  return SIDES.every((side) => {
    const hosts = hostsOf(one, side);
    return [...hostsOf(other, side)].some((host) => hosts.has(host));
  });
}

function hostsOf(batch: Batch, side: Side): ReadonlySet<string> {
  return new Set(
    endpointKeys(batch, side).map((key) => {
      const { host, port } = endpointAt(batch, side, key);
      return `${host.toLowerCase()}:${port}`;
    }),
  );
}

/** The work and the rests of the mailboxes of a batch, by its files.  @throws BadInput, DiskTrouble */
export async function seenIn(store: BatchStore): Promise<readonly Seen[]> {
  const [records, pace] = await Promise.all([store.startedMailboxes(), store.pace()]);
  return [...records.values()].flatMap((record) => seenOf(store.name, record, pace.kept) ?? []);
}

function seenOf(batch: string, { unusable, data }: MailboxRecord, pace: NightPace | null): Seen | null {
  if (unusable !== null) return null;
  const attempts = data.passes.flatMap(({ startedAt, endedAt }) =>
    endedAt === null ? [] : [{ from: startedAt, to: endedAt }],
  );
  const rested = attempts.slice(1).flatMap(({ from }, index) => {
    const { to } = attempts[index]!;
    return wasAsked(pace, to, from) ? [from - to] : [];
  });
  return { batch, attempts, rested, messages: data.counts.copied, bytes: data.counts.bytesCopied };
}

/** Whether a server made the mailbox rest between two attempts, and nothing else did. */
function wasAsked(pace: NightPace | null, from: number, to: number): boolean {
  if (pace === null || to <= from) return false;
  const stretchOf = (at: number) => Math.floor((at - pace.from) / pace.stretch);
  const [first, last] = [stretchOf(from), stretchOf(to)];
  const isMarked = (marks: readonly PaceMark[], begin: number, end: number) =>
    marks.some((mark) => pace.marks[mark].some((index) => index >= begin && index <= end));
  return isMarked(ASKED, first - 1, first + 1) && !isMarked(OTHERWISE, first, last);
}
