import type { Treated } from '../../../store/ledger/treated.js';
import type { Repair } from '../../../words/findings/repairs.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import type { CopyContext, FolderJob } from '../job.js';
import { type Fingerprint, fingerprint } from '../message/fingerprint.js';
import { repair } from '../message/repair.js';
import { UNREAD } from '../sent.js';
import type { Todo } from '../transfer/chunks.js';
import { readWhole } from '../transfer/read-whole.js';

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
  await readWhole(context, context.connections.source.fetch, pair.source.wire, todo, ({ uid, body }) => {
    const { body: mended, changes: repairs } = repair(body);
    forms.set(uid, { asIs: fingerprint(body), repaired: fingerprint(mended), repairs });
  });
  return forms;
}

/** The bytes that were sent in this run of these messages of the source. */
export async function readSent(
  context: CopyContext,
  { pair, sent }: FolderJob,
  messages: readonly Todo[],
  onBody: (uid: number, body: Literal) => void,
): Promise<void> {
  const todo = messages.toSorted((a, b) => a.uid - b.uid);
  await readWhole(context, context.connections.source.fetch, pair.source.wire, todo, ({ uid, body }) =>
    onBody(uid, isRepaired(uid) ? repair(body).body : body),
  );

  function isRepaired(uid: number): boolean {
    return (sent.get(uid)?.otherwise?.repairs.length ?? 0) > 0;
  }
}
