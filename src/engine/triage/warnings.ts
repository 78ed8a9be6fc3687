import type { ActionRequest } from '../../words/decision.js';
import { plural, showCount } from '../../words/units.js';
import type { Selected } from '../decisions/selection.js';
import type { MailboxStanding } from './mailbox-standing.js';

/** The shortest rest of a message that was refused. */
export const FLOOR_SECONDS = 300;

/** Warnings for an operator to read before the order is given, a sentence each. @param now  milliseconds since the epoch */
export function warningsOf(
  selected: readonly Selected[],
  action: ActionRequest,
  standings: readonly MailboxStanding[],
  now: number,
): string[] {
  const warnings: string[] = [];
  const none = selected.filter(({ uids }) => uids.isEmpty).length;
  if (none > 0 && action.do === 'try-first') warnings.push(`${withoutMessage(none)} not tried by this.`);
  if (none > 0 && action.do === 'skip')
    warnings.push(`${withoutMessage(none)} accepted as it is, and names no message that could be left out.`);
  if (action.do === 'skip') warnings.push(...uncopied(selected, standings), ...stillHeld(selected, standings));
  const retries = action.do === 'try-first' || (action.do === 'retry' && action.afterSeconds < FLOOR_SECONDS);
  const fresh = selected.filter(({ uids, entry }) => !uids.isEmpty && now - entry.lastAt < FLOOR_SECONDS * 1000);
  if (retries && fresh.length > 0)
    warnings.push('Some were refused within the last 5 minutes: this does not wait any longer.');
  if ((action.do === 'retry' || action.do === 'try-first') && action.treatment === 'repaired')
    warnings.push(
      'Their bytes are changed: NUL removed, line ends mended, long lines folded. What was changed is noted.',
    );
  if ((action.do === 'retry' || action.do === 'try-first') && action.treatment === 'without-flags')
    warnings.push('They arrive unread and unflagged. Which flags were left out is noted.');
  return warnings;
}

/** Accepting that a folder cannot be made or opened gives up the mail in it: the batch then ends with 3. */
function uncopied(selected: readonly Selected[], standings: readonly MailboxStanding[]): string[] {
  const known = new Map(standings.map((one) => [one.id, one]));
  const left = new Map<string, number>();
  for (const { mailbox, entry, uids } of selected) {
    const { folder, verdict } = entry;
    if (!uids.isEmpty || folder === null || verdict.next !== 'skip-folder') continue;
    const messages = known.get(mailbox)?.leftIn(folder) ?? 0;
    if (messages > 0) left.set(JSON.stringify([mailbox, folder]), messages);
  }
  if (left.size === 0) return [];
  const messages = [...left.values()].reduce((sum, one) => sum + one, 0);
  const stay = messages === 1 ? 'stays' : 'stay';
  return [`${plural(messages, 'message', 'messages')} in ${plural(left.size, 'folder', 'folders')} ${stay} uncopied.`];
}

/** Nothing of a mailbox can be left out before its login is taken: accepting that it is refused leaves it held. */
function stillHeld(selected: readonly Selected[], standings: readonly MailboxStanding[]): string[] {
  const refused = new Set(
    selected.flatMap(({ mailbox, entry, uids }) => (uids.isEmpty && entry.folder === null ? [mailbox] : [])),
  );
  const held = standings.filter((one) => one.held !== null && refused.has(one.id)).length;
  if (held === 0) return [];
  return [
    held === 1
      ? '1 mailbox stays held and goes on needing you: only giving it up, or a login that is taken, ends that.'
      : `${showCount(held)} mailboxes stay held and go on needing you: only giving them up, or a login that is taken, ends that.`,
  ];
}

function withoutMessage(failures: number): string {
  return failures === 1
    ? '1 failure is of a folder or a login: it is'
    : `${failures} failures are of folders or logins: each is`;
}
