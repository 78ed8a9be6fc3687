import { UidSet } from '../../../store/uid/uid-set.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import { stillThere } from '../../imap/commands/scan.js';
import type { Tagged } from '../../imap/connection/tagged.js';
import { Refused } from '../../imap/session/refused.js';
import { sourceKeepsBack } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { within } from '../memory/copy-memory.js';
import { isOfMessages } from '../verify/read-refusals.js';
import { failMessages } from './fail-messages.js';

/**
 * Handles messages that a FETCH asked for and did not bring. They are gone meanwhile, their row could not be read, or the
 * server left them out. Each one that is still there is asked for again alone, then without its flags. A message that
 * still does not come becomes a failure with its reason.
 *
 * @param asked   UIDs in order, `missing` among them: what came in between ends a row of refusals
 * @param othersPass  asks for messages from further behind; whether one of them comes
 * @throws TooManyRefusals, Refused, ConnectionLost
 */
export async function fetchMissing(
  context: CopyContext,
  job: FolderJob,
  asked: readonly number[],
  missing: readonly number[],
  othersPass: () => Promise<boolean>,
): Promise<Fetched[]> {
  const { fetch, refusals } = context.connections.source;
  const { wire, name } = job.pair.source;
  const there = await stillThere(fetch, wire, UidSet.from(missing).toString());
  const gone = missing.filter((uid) => !there.has(uid));
  if (gone.length > 0) {
    job.ledger.vanish(gone);
    job.progress.vanished(gone.length);
    context.log('info', name, `${gone.length} messages vanished from the source meanwhile: UID ${UidSet.from(gone)}`);
  }
  const found: Fetched[] = [];
  const late = new Set(missing);
  for (const uid of asked) {
    if (!late.has(uid)) refusals.taken();
    if (!late.has(uid) || !there.has(uid)) continue;
    context.signal.throwIfAborted();
    const room = within(context.memory, job.todo.sizeOf(uid));
    const whole = await fetchWhole(fetch, wire, [uid], `${uid}`, 'with flags', room);
    refuseUnlessOfMessages(context, name, whole.answer);
    const message =
      whole.fetched[0] ?? (await fetchWhole(fetch, wire, [uid], `${uid}`, 'without flags', room)).fetched[0];
    if (message) {
      refusals.taken();
      if (whole.fetched.length === 0) context.log('warn', name, `UID ${uid} came only without its flags`);
      found.push(message);
      continue;
    }
    const refused = whole.answer.status === 'OK' ? null : whole.answer.line;
    const response = refused ?? sourceKeepsBack.response;
    const verdict = refused ? context.judge('source', refused, 'UID FETCH') : sourceKeepsBack.verdict;
    failMessages(context, job, [uid], { side: 'source', command: 'UID FETCH', response, verdict });
    await refusals.refusedUnlessOthersPass(verdict, response, othersPass);
  }
  return found;
}

/** Throws a refusal that is not about this message: the source is in repair, or asks us to read more slowly. */
function refuseUnlessOfMessages(context: CopyContext, folder: string, { status, line }: Tagged): void {
  if (status === 'OK' || isOfMessages(context.judge('source', line, 'UID FETCH'))) return;
  throw new Refused('source', 'UID FETCH', line, folder);
}
