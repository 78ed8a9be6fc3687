import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import type { CopyContext } from '../job.js';
import { reserveAll, weightOf } from '../memory/copy-memory.js';
import { type Fingerprint, fingerprint } from '../message/fingerprint.js';
import { repair } from '../message/repair.js';
import { ReadRefusals } from '../verify/read-refusals.js';
import { chunksOf, type Todo, type TodoChunk } from './chunks.js';

/**
 * Reads messages whole, a few chunks at a time, within the memory that is allowed. A message that does not come is left
 * out: the caller compares.
 *
 * @throws ConnectionLost, AllowanceSpent
 * @throws Refused  where the server will not read now: what was not read must not be taken for gone
 */
export async function readWhole(
  context: Pick<CopyContext, 'memory' | 'signal' | 'judge' | 'inquiry'>,
  desk: Desk,
  folder: string,
  messages: readonly Todo[],
  onMessage: (message: Fetched) => void,
): Promise<void> {
  const reading = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const refusals = new ReadRefusals(context, desk, folder);
  const sizes = desk.meter ? new Map(messages.map(({ uid, size }) => [uid, size])) : null;
  for (const chunk of chunksToRead(desk, folder, [...safe(context, desk, folder, messages)])) {
    const counted = await desk.meter?.expects(chunk.uids.map((uid) => sizes?.get(uid) ?? 0));
    const lease = await reserveAll(context.memory, weightOf(chunk), context.signal);
    // A failure may come while the next chunk still waits for memory. It is kept until then.
    const read = fetchWhole(desk, folder, chunk.uids, UidSet.from(chunk.uids).toString(), 'with flags', lease.announced)
      .then(({ fetched, missing, answer }) => {
        counted?.();
        fetched.forEach(onMessage);
        refusals.heard(fetched, missing, answer);
      })
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        lease.release();
        reading.delete(read);
      });
    reading.add(read);
    if (reading.size >= 4) await Promise.race(reading);
    if (failures.length > 0) break;
  }
  await Promise.all(reading);
  if (failures.length > 0) throw failures[0];
  await refusals.askAlone(messages, onMessage);
}

/** Messages in chunks. Where reading broke a connection, those that broke last are each alone. */
function* chunksToRead(desk: Desk, folder: string, messages: readonly Todo[]): Iterable<TodoChunk> {
  const reading = desk.readings.of(folder, 'bodies');
  if (!reading.isTroubled) return yield* chunksOf(messages, () => false);
  const byUid = new Map(messages.map((message) => [message.uid, message]));
  for (const window of reading.windows(UidSet.from(byUid.keys())))
    yield* chunksOf(
      [...window].flatMap((uid) => byUid.get(uid) ?? []),
      () => false,
    );
}

/**
 * Messages to be read now, without those that broke connections to the source: these go last and alone, and were never
 * sent.
 */
function* safe(
  { inquiry }: Pick<CopyContext, 'inquiry'>,
  { wire: { side }, readings }: Desk,
  folder: string,
  messages: readonly Todo[],
): Iterable<Todo> {
  const unread = readings.leftOut(folder);
  const suspected = side === 'source' ? inquiry.suspectsIn(folder).on('source').union(unread) : unread;
  for (const message of messages) if (!suspected.has(message.uid)) yield message;
}

/** Fingerprints of messages, read whole; `repaired`: of what is sent of them with repairs. */
export async function readFingerprints(
  context: Pick<CopyContext, 'memory' | 'signal' | 'judge' | 'inquiry'>,
  desk: Desk,
  folder: string,
  messages: readonly Todo[],
  form: 'as-is' | 'repaired' = 'as-is',
): Promise<Map<number, Fingerprint>> {
  const prints = new Map<number, Fingerprint>();
  await readWhole(context, desk, folder, messages, ({ uid, body }) =>
    prints.set(uid, fingerprint(form === 'repaired' ? repair(body).body : body)),
  );
  return prints;
}
