import { type BatchEntity, type MailboxEntity, type MailboxState, needsOperator } from '../../../protocol/entities.js';
import { showShortCount } from '../../../words/units.js';
import { endedOpen, isMoving, movingIn, STATE_ORDER, stateTone, stateWord } from '../../select/states.js';
import { wavesWaiting } from '../../select/waves.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth } from '../../text/spans.js';
import type { Tone } from '../../text/theme.js';

/** Mailboxes that are counted in one number of the header. */
type Counted = MailboxState['kind'] | 'ended' | 'at work' | 'other waves';

interface StateCount {
  readonly of: Counted;
  readonly spans: Spans;
}

/** Counts that say how far the night is stay longest: mailboxes that need a hand, are at work, are done, wait for a place. */
const KEPT: readonly Counted[] = [
  'held',
  'incomplete',
  'ended',
  'at work',
  'synced',
  'queued',
  'backing-off',
  'stopped',
];

/** Whether a mailbox went through, and not all of it is at the destination. `synced` would say that all is well. */
function endedShort(mailbox: MailboxEntity): boolean {
  return mailbox.state.kind !== 'incomplete' && endedOpen(mailbox);
}

/** How many mailboxes are in each state, as far as they fit whole: half of a number is another number. */
export function statesThatFit(
  batch: BatchEntity,
  mailboxes: readonly MailboxEntity[],
  width: number,
  glyphs: Glyphs,
): Spans {
  const all = drawn(countsOf(batch, mailboxes, glyphs, 'each'), 0);
  if (spansWidth(all) <= width) return all;
  // Four ways of being at work are one number where room is short.
  const counts = countsOf(batch, mailboxes, glyphs, 'together');
  const byRank = counts.toSorted((a, b) => rankOf(a) - rankOf(b));
  for (let kept = counts.length; ; kept--) {
    const shown = new Set(byRank.slice(0, kept));
    const some = drawn(
      counts.filter((one) => shown.has(one)),
      counts.length - kept,
    );
    if (kept === 0 || spansWidth(some) <= width) return some;
  }
}

/** Counts that are not among those that stay are alike: the last of them goes first. */
function rankOf({ of }: StateCount): number {
  const rank = KEPT.indexOf(of);
  return rank < 0 ? KEPT.length : rank;
}

function drawn(counts: readonly StateCount[], more: number): Spans {
  const shown = counts.flatMap(({ spans }) => ['  ', ...spans]).slice(1);
  return [' ', ...shown, ...(more > 0 ? [span('dim', `  +${more}`)] : [])];
}

function countsOf(
  batch: BatchEntity,
  mailboxes: readonly MailboxEntity[],
  glyphs: Glyphs,
  moving: 'each' | 'together',
): readonly StateCount[] {
  // Looked through in each frame, so not before one is done.
  const isAnyDone = batch.byState.synced + batch.byState.completed > 0;
  const ended = isAnyDone ? mailboxes.filter(endedShort) : [];
  const endedAs = (kind: MailboxState['kind']) => ended.filter(({ state }) => state.kind === kind).length;
  const byState = {
    ...batch.byState,
    queued: batch.byState.queued - batch.otherWaves,
    synced: batch.byState.synced - endedAs('synced'),
    completed: batch.byState.completed - endedAs('completed'),
  };
  const atWork = STATE_ORDER.find((kind) => isMoving(kind) && byState[kind] > 0);
  const counts: StateCount[] = [];
  const put = (of: Counted, tone: Tone, word: string, count: number): void => {
    if (count === 0) return;
    const sign = tone === 'alert' ? `${glyphs.alert} ` : '';
    counts.push({ of, spans: [span(tone, `${sign}${word} ${showShortCount(count)}`)] });
  };
  for (const kind of STATE_ORDER) {
    if (moving === 'each' || !isMoving(kind)) put(kind, stateTone(kind), stateWord(kind), byState[kind]);
    else if (kind === atWork) put('at work', stateTone(kind), 'at work', movingIn(byState));
    if (kind === 'incomplete') put('ended', ended.some(needsOperator) ? 'alert' : 'dim', 'ended', ended.length);
  }
  const waves = wavesWaiting(batch, mailboxes);
  if (waves !== null) counts.push({ of: 'other waves', spans: [span('dim', waves)] });
  return counts;
}
