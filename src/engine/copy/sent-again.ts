import type { Treated } from '../../store/treated.js';
import type { Todo } from './chunks.js';
import { type Fingerprint, fingerprint } from './fingerprint.js';
import type { CopyContext, FolderJob } from './job.js';
import { readFingerprints, readWhole } from './read-whole.js';
import { repair } from './repair.js';
import { UNREAD } from './sent.js';

/** What was sent of messages, made from the source once more. */

/** What an earlier run sent repaired is repaired again: what is read back is held against that. */
export async function repairAgain(
  context: CopyContext,
  { pair, sent }: FolderJob,
  { repaired }: Treated,
): Promise<void> {
  const todo: Todo[] = [];
  for (const uid of repaired) {
    const known = sent.get(uid);
    if (known?.exact === UNREAD) todo.push({ uid, size: known.size });
  }
  await readWhole(context, context.lines.source.fetch, pair.source.wire, todo, (message) => {
    const known = sent.get(message.uid);
    if (!known) return;
    const { body, changes: repairs } = repair(message.body);
    const otherwise = { flagsLeftOut: known.otherwise?.flagsLeftOut ?? [], repairs };
    sent.record(message.uid, { ...known, size: body.length, exact: fingerprint(body).exact, otherwise });
  });
}

/** Fingerprints of these messages of the source, as they were sent. */
export async function printsOfSent(
  context: CopyContext,
  { pair }: FolderJob,
  { repaired }: Treated,
  messages: readonly Todo[],
): Promise<ReadonlyMap<number, Fingerprint>> {
  const prints = new Map<number, Fingerprint>();
  for (const form of ['as-is', 'repaired'] as const) {
    const todo = messages.filter(({ uid }) => repaired.has(uid) === (form === 'repaired'));
    todo.sort((a, b) => a.uid - b.uid);
    const found = await readFingerprints(context, context.lines.source.fetch, pair.source.wire, todo, form);
    for (const [uid, print] of found) prints.set(uid, print);
  }
  return prints;
}
