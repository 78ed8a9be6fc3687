import { convictionOf } from '../../isolate/convictions.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Todo, TodoChunk } from '../transfer/chunks.js';
import { chunksOf } from '../transfer/chunks.js';
import { failMessages } from '../transfer/fail-messages.js';
import { patientWith } from './with-patience.js';

/** Copies a chunk alone. @returns false if the copy of the folder has ended */
type Send = (chunk: TodoChunk) => Promise<boolean>;

/**
 * Copies the suspects of a folder when all else is done: group by group, each alone on its connection, the least
 * suspicious first. A message that is to blame is entered and left out.
 */
export async function tryAlone(context: CopyContext, job: FolderJob, send: Send): Promise<void> {
  const { inquiry } = context;
  const { suspects, pair } = job;
  const names = { source: pair.source.wire, destination: pair.destination.wire };
  const sizes = new Map([...job.todo].map(({ uid, size }) => [uid, size]));
  suspects.cleared([...suspects.uids].filter((uid) => !sizes.has(uid)));
  const tryOne = (uids: readonly number[]): Promise<boolean> => {
    inquiry.begins(names, uids);
    return send({ uids, bytes: uids.reduce((sum, uid) => sum + (sizes.get(uid) ?? 0), 0) });
  };
  const probe = inquiry.doubts.isDoubted(names.source) ? probeOf(job, inquiry.strikesOf(names)) : undefined;
  if (probe !== undefined && !(await tryOne([probe]))) return;
  for (const chunk of chunksOf(unsuspected(job), () => false)) {
    inquiry.begins(names, chunk.uids);
    if (!(await send(chunk))) return;
  }
  for (;;) {
    enterConvicted(context, job);
    const [uids] = suspects.groups;
    if (uids === undefined) break;
    const strikes = uids.length === 1 ? suspects.strikesOf(uids[0]!) : 0;
    await pause(context, strikes);
    patientWith(context.connections, uids.length, strikes);
    if (!(await tryOne(uids))) return;
  }
  inquiry.begins(names, null);
}

/** Picks a message from another place of the folder at each try, since neighbours may be bad together. */
function probeOf(job: FolderJob, strikes: number): number | undefined {
  const uids = [...unsuspected(job)].map(({ uid }) => uid);
  return [uids.at(-1), uids[uids.length >> 1], uids[0]][strikes % 3];
}

function* unsuspected({ todo, suspects, ledger }: FolderJob): Iterable<Todo> {
  const suspected = suspects.uids;
  for (const message of todo) if (!suspected.has(message.uid) && !ledger.isSettled(message.uid)) yield message;
}

/** Waits between two tries: the refusal a moment ago may have been passing trouble. */
async function pause({ clock, signal }: CopyContext, strikes: number): Promise<void> {
  if (strikes > 0) await clock.sleep(1_000 * strikes, signal);
  signal.throwIfAborted();
}

function enterConvicted(context: CopyContext, job: FolderJob): void {
  const { suspects } = job;
  for (const [uid, strikes] of [...suspects.convicted]) {
    suspects.cleared([uid]);
    failMessages(context, job, [uid], convictionOf('message', strikes));
  }
}
