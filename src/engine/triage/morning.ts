import type { DecisionEntity, ErrorGroupEntity, Morning, MorningLine } from '../../protocol/answers.js';
import { type Instant, isThrough, type MailboxEntity, needsOperator } from '../../protocol/entities.js';
import type { Looked } from '../../store/decisions/decisions-document.js';
import { reasonText } from '../../words/reason-text.js';
import { plural } from '../../words/units.js';
import { DOUBLES } from './selection.js';

/** How a batch stands, in numbers that only grow or tell a difference. */
export interface Counted {
  readonly copied: number;
  readonly synced: number;
  readonly failed: number;
}

/** How one mailbox stands. */
type Standing = Pick<MailboxEntity, 'id' | 'email' | 'state' | 'counts' | 'asksPassword' | 'provider' | 'doubled'>;

export interface NightSoFar {
  /** How it stood when an operator last looked; null: nobody did. */
  readonly looked: Looked | null;
  readonly startedAt: Instant;
  readonly now: Counted;
  readonly mailboxes: readonly Standing[];
  readonly groups: readonly ErrorGroupEntity[];
  readonly decisions: readonly DecisionEntity[];
}

/** Events since an operator last looked; those that need the operator come first. Pure. */
export function morningOf({ looked, startedAt, now, mailboxes, groups, decisions }: NightSoFar): Morning {
  const since = looked?.at ?? startedAt;
  const isNew = (at: Instant) => (looked === null ? at >= since : at > since);
  const asks = mailboxes.flatMap((mailbox) => askOf(mailbox));
  const failed = groups
    .filter(({ standing, lastAt }) => standing === 'open' && isNew(lastAt))
    .map(
      (group): MorningLine => ({
        tone: 'new',
        text: groupText(group, isNew(group.firstAt)),
        leads: { to: 'group', group: group.key, name: nameOf(group) },
      }),
    );
  const lines = [...asks, ...failed, ...trialsOf(decisions), ...goodOf(looked, now, mailboxes.length)];
  return { since, lines };
}

function askOf(mailbox: Standing): MorningLine[] {
  if (!needsOperator(mailbox)) return [];
  const text = `${mailbox.email} ${whyItAsks(mailbox)}`;
  return [{ tone: 'ask', text, leads: { to: 'mailbox', mailbox: mailbox.id } }];
}

function whyItAsks({ state, counts, doubled }: Standing): string {
  if (state.kind === 'held' || state.kind === 'incomplete') return `is ${state.kind}: ${reasonText(state.because)}`;
  if (doubled > 0) return `has ${plural(doubled, 'second copy', 'second copies')} at the destination`;
  if (isThrough({ state })) return `has ${plural(counts.left, 'message', 'messages')} left`;
  return 'because' in state ? `waits for long: ${reasonText(state.because)}` : `waits for long, ${state.kind}`;
}

function nameOf({ doubled, code, kind }: ErrorGroupEntity): string {
  return doubled > 0 ? `(${DOUBLES})` : (code ?? `(${kind})`);
}

function groupText(group: ErrorGroupEntity, isNew: boolean): string {
  const { messages, failures, doubled, mailboxes, entries } = group;
  const what =
    doubled > 0
      ? plural(doubled, 'second copy', 'second copies')
      : messages > 0
        ? plural(messages, 'message', 'messages')
        : plural(failures, 'failure', 'failures');
  const advice = entries[0]?.verdict.advice ?? '';
  return `${nameOf(group)}: ${what} in ${plural(mailboxes, 'mailbox', 'mailboxes')}${isNew ? ', new' : ''}. ${advice}`;
}

/** Trials that an operator ordered and that did not go as hoped. */
function trialsOf(decisions: readonly DecisionEntity[]): MorningLine[] {
  return decisions
    .filter(({ outcome }) => outcome === 'refused again')
    .map(({ id, text, standing }) => ({
      tone: 'new' as const,
      text: `decision ${id}: ${text}: ${standing}`,
      leads: { to: 'decisions' as const },
    }));
}

function goodOf(looked: Looked | null, now: Counted, mailboxes: number): MorningLine[] {
  const copied = now.copied - (looked?.copied ?? 0);
  const synced = now.synced - (looked?.synced ?? 0);
  const lines: MorningLine[] = [];
  if (synced > 0)
    lines.push({
      tone: 'good',
      text: `${plural(synced, 'mailbox is', 'mailboxes are')} in step now, ${now.synced} of ${mailboxes} in all`,
      leads: { to: 'night' },
    });
  if (copied > 0)
    lines.push({ tone: 'good', text: `${plural(copied, 'message', 'messages')} copied`, leads: { to: 'night' } });
  return lines;
}
