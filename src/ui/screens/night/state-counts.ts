import type { BatchEntity, MailboxEntity, MailboxState } from '../../../protocol/entities.js';
import { showShortCount } from '../../../words/units.js';
import { isMoving, movingIn, STATE_ORDER, stateTone, stateWord } from '../../select/states.js';
import { wavesWaiting } from '../../select/waves.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth } from '../../text/spans.js';

/** A number of mailboxes in the header. `rank`: where room is short the highest goes first. */
interface StateCount {
  readonly rank: number;
  readonly spans: Spans;
}

/** Counts that say how far the night is stay longest: mailboxes that need a hand, are at work, wait for a place, are done. */
const KEPT: readonly MailboxState['kind'][] = ['held', 'incomplete', 'synced', 'queued', 'backing-off', 'stopped'];

/** How many mailboxes are in each state, as far as they fit whole: half of a number is another number. */
export function statesThatFit(
  batch: BatchEntity,
  mailboxes: readonly MailboxEntity[],
  width: number,
  glyphs: Glyphs,
): Spans {
  const each = countsOf(batch, mailboxes, glyphs, 'each');
  const all = drawn(each, 0);
  if (spansWidth(all) <= width) return all;
  // Four ways of being at work are one number where room is short.
  let counts = countsOf(batch, mailboxes, glyphs, 'together');
  const many = counts.length;
  while (counts.length > 0 && spansWidth(drawn(counts, many - counts.length)) > width) {
    const last = Math.max(...counts.map(({ rank }) => rank));
    counts = counts.filter(({ rank }) => rank !== last);
  }
  return drawn(counts, many - counts.length);
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
  const byState = { ...batch.byState, queued: batch.byState.queued - batch.otherWaves };
  const atWork = movingIn(byState);
  const counts: StateCount[] = [];
  for (const [index, kind] of STATE_ORDER.entries()) {
    if (byState[kind] === 0 || (moving === 'together' && isMoving(kind))) continue;
    const sign = kind === 'held' || kind === 'incomplete' ? `${glyphs.alert} ` : '';
    const kept = KEPT.indexOf(kind);
    counts.push({
      rank: kept < 0 ? KEPT.length + index : kept,
      spans: [span(stateTone(kind), `${sign}${stateWord(kind)} ${showShortCount(byState[kind])}`)],
    });
  }
  if (moving === 'together' && atWork > 0) {
    const first = counts.findIndex(({ rank }) => rank > KEPT.indexOf('incomplete'));
    const spans: Spans = [span(stateTone('copying'), `at work ${showShortCount(atWork)}`)];
    counts.splice(first < 0 ? counts.length : first, 0, { rank: KEPT.indexOf('incomplete') + 0.5, spans });
  }
  const waves = wavesWaiting(batch, mailboxes);
  if (waves !== null) counts.push({ rank: KEPT.length + STATE_ORDER.length, spans: [span('dim', waves)] });
  return counts;
}
