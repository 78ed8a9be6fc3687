import type { DecisionPreview } from '../../protocol/answers.js';
import type { DecisionPart } from '../../store/decisions/decisions-document.js';
import type { ActionRequest } from '../../words/decision.js';
import { mailboxesOf } from '../decisions/decision-parts.js';
import type { MailboxStanding } from './mailbox-standing.js';

/** The mailboxes of a scope where each failure in it holds a whole mailbox; else none. */
export function wholeMailboxes(
  scope: readonly DecisionPart[],
  standings: readonly MailboxStanding[],
): Pick<DecisionPreview, 'onlyWhole'> {
  const held = new Set(standings.flatMap((one) => (one.held === null ? [] : [one.id])));
  const isWhole = ({ uids, folder, mailbox }: DecisionPart) => uids === '' && folder === null && held.has(mailbox);
  return { onlyWhole: scope.every(isWhole) ? [...mailboxesOf(scope)] : [] };
}

/** The messages that are not tried before failures of a scope end. What stays uncopied by a skip is a warning of its own. */
export function waitingBehind(
  scope: readonly DecisionPart[],
  action: ActionRequest,
  standings: readonly MailboxStanding[],
): Pick<DecisionPreview, 'behind' | 'unseen'> {
  const inScope = mailboxesOf(scope);
  const failed = scope.filter(({ uids }) => uids === '');
  let [behind, unseen] = [0, 0];
  for (const { id, held, left, leftIn } of standings) {
    if (!inScope.has(id)) continue;
    const folders = failed.flatMap(({ mailbox, folder }) => (mailbox === id ? [folder] : []));
    if (held !== null || folders.includes(null)) {
      const all = left();
      if (all === null) unseen++;
      else behind += all;
    } else if (action.do !== 'skip')
      behind += [...new Set(folders)].reduce((sum, folder) => sum + (folder === null ? 0 : leftIn(folder)), 0);
  }
  return { behind, unseen };
}
