import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Side } from '../../../words/side.js';
import type { Verdict } from '../../../words/verdict.js';
import type { CopyContext, FolderProgress } from '../job.js';
import type { TodoList } from '../prepare/todo-list.js';

/** The folder whose messages failed. */
interface Failing {
  readonly pair: { readonly source: { readonly name: string } };
  readonly ledger: UidLedger;
  /** Knows the sizes of listed messages. */
  readonly todo: Pick<TodoList, 'sizeOf'>;
  readonly progress: Pick<FolderProgress, 'failed'>;
}

/** The refusing side, the command, and the words of the refusal. */
export interface Refusal {
  readonly side: Side;
  readonly command: string;
  readonly response: string;
  readonly verdict: Verdict;
}

/**
 * Enters messages that are not copied in this run: as failed in the UID ledger, and open in the error ledger.
 *
 * The entry's next step is `skip-message`, whatever the verdict says. A verdict to note would count them as settled
 * (NO [EXPUNGEISSUED] to a FETCH of a message that is there). One to retry would promise a try that this run does not make.
 */
export function failMessages(
  context: Pick<CopyContext, 'fail'>,
  { pair, ledger, todo, progress }: Failing,
  messages: Iterable<number>,
  { side, command, response, verdict }: Refusal,
): void {
  const uids = UidSet.from(messages);
  ledger.fail(uids);
  const all = [...uids];
  progress.failed(
    all,
    all.reduce((sum, uid) => sum + todo.sizeOf(uid), 0),
  );
  context.fail({
    side,
    command,
    folder: pair.source.name,
    uids,
    response,
    verdict: { ...verdict, next: 'skip-message' },
  });
}
