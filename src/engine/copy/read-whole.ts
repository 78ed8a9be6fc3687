import { UidSet } from '../../store/uid-set.js';
import type { Verdict } from '../../words/verdict.js';
import type { Desk } from '../imap/desk.js';
import { type Fetched, fetchWhole } from '../imap/fetch.js';
import { Refused } from '../imap/refused.js';
import { chunksOf, type Todo } from './chunks.js';
import { type Fingerprint, fingerprint } from './fingerprint.js';
import type { CopyContext } from './job.js';
import { reserveAll, weightOf } from './memory.js';
import { repair } from './repair.js';

/**
 * Reads messages whole, a few chunks at a time, within the memory that is allowed. What does not
 * come is left out: the caller looks at what it got.
 *
 * @throws LineLost
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
  for (const chunk of chunksOf(safe(context, desk, folder, messages), () => false)) {
    const lease = await reserveAll(context.memory, weightOf(chunk), context.signal);
    // A failure is kept, for it may come while the next chunk still waits for memory.
    const read = fetchWhole(desk, folder, chunk.uids, UidSet.from(chunk.uids).toString(), 'with flags', lease.announced)
      .then(({ fetched, missing, answer }) => {
        fetched.forEach(onMessage);
        if (missing.length > 0 && answer.status !== 'OK') refuse(context, desk, folder, answer.line);
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
}

/** All but those with which connections to the source were lost: they go last, alone, and were never sent. */
function* safe(
  { inquiry }: Pick<CopyContext, 'inquiry'>,
  { wire: { side } }: Desk,
  folder: string,
  messages: readonly Todo[],
): Iterable<Todo> {
  const suspected = side === 'source' ? inquiry.suspectsIn(folder).on('source') : new UidSet();
  for (const message of messages) if (!suspected.has(message.uid)) yield message;
}

/** A message that cannot be read is left out; a mailbox that cannot be read now ends the work on it. */
function refuse(context: Pick<CopyContext, 'judge'>, { wire: { side } }: Desk, folder: string, line: string): void {
  if (!isOfMessages(context.judge(side, line, 'UID FETCH'))) throw new Refused(side, 'UID FETCH', line, folder);
}

/** A refused FETCH that says something of the messages asked for; any other is of more than those. */
export function isOfMessages({ scope, kind }: Verdict): boolean {
  return scope === 'message' || kind === 'missing' || kind === 'corruption';
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
