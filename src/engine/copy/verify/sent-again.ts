import type { Treated } from '../../../store/ledger/treated.js';
import type { CopyContext, FolderJob } from '../job.js';
import { repair } from '../message/repair.js';
import type { Repair } from '../message/repairs.js';
import { type Fingerprint, fingerprint } from '../prepare/fingerprint.js';
import type { Todo } from '../transfer/chunks.js';
import { readFingerprints, readWhole } from '../transfer/read-whole.js';
import { UNREAD } from './sent.js';

/** The sent form of messages, made from the source once more. */

/** A message in both forms in which it may have been sent. */
export interface Forms {
  readonly asIs: Fingerprint;
  readonly repaired: Fingerprint;
  readonly repairs: readonly Repair[];
}

/** By source UID: what an earlier run sent and did not read back, as it is or repaired. */
export async function earlierForms(
  context: CopyContext,
  { pair, sent }: FolderJob,
  { repaired }: Treated,
): Promise<ReadonlyMap<number, Forms>> {
  const forms = new Map<number, Forms>();
  const todo: Todo[] = [];
  for (const uid of repaired) {
    const known = sent.get(uid);
    if (known?.exact === UNREAD) todo.push({ uid, size: known.size });
  }
  await readWhole(context, context.lines.source.fetch, pair.source.wire, todo, ({ uid, body }) => {
    const { body: mended, changes: repairs } = repair(body);
    forms.set(uid, { asIs: fingerprint(body), repaired: fingerprint(mended), repairs });
  });
  return forms;
}

/** Fingerprints of what was sent in this run of these messages of the source. */
export async function printsOfSent(
  context: CopyContext,
  { pair, sent }: FolderJob,
  messages: readonly Todo[],
): Promise<ReadonlyMap<number, Fingerprint>> {
  const prints = new Map<number, Fingerprint>();
  for (const form of ['as-is', 'repaired'] as const) {
    const todo = messages.filter(({ uid }) => isRepaired(uid) === (form === 'repaired'));
    todo.sort((a, b) => a.uid - b.uid);
    const found = await readFingerprints(context, context.lines.source.fetch, pair.source.wire, todo, form);
    for (const [uid, print] of found) prints.set(uid, print);
  }
  return prints;

  function isRepaired(uid: number): boolean {
    return (sent.get(uid)?.otherwise?.repairs.length ?? 0) > 0;
  }
}
