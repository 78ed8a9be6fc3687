import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { endpointAt, endpointKeys } from '../../store/batch/endpoints.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Seen, SeenAttempt } from './seen.js';

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
  const records = await store.startedMailboxes();
  return [...records.values()].flatMap((record) => seenOf(store.name, record) ?? []);
}

function seenOf(batch: string, { unusable, data }: MailboxRecord): Seen | null {
  if (unusable !== null) return null;
  const attempts = data.passes.flatMap(({ startedAt, endedAt, moved, lines, refusal }): SeenAttempt[] =>
    endedAt === null ? [] : [{ from: startedAt, to: endedAt, moved, lines, refusal }],
  );
  return { batch, attempts, messages: data.counts.copied, bytes: data.counts.bytesCopied };
}
