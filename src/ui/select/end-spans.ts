import type { BatchEntity, MailboxEntity } from '../../protocol/entities.js';
import { showMinute, showTimer, showZone } from '../../words/times.js';
import { type Spans, span, spansWidth } from '../text/spans.js';
import { movingIn, waitingText } from './states.js';

/**
 * When a batch will be done, or why nobody can tell: the same words wherever it is shown.
 *
 * @param room  cells: the range is left out where it does not fit
 */
export function endSpans(batch: BatchEntity, mailboxes: readonly MailboxEntity[], now: number, room: number): Spans {
  const { eta, etaBetween, state, counts, byState, unseen } = batch;
  if (state === 'ended' || state === 'stopped') return [span('strong', state)];
  if (state === 'waiting')
    return waitingText(batch) === 'all done' ? [span('good', 'all done')] : [span('alert', 'the rest waits for you')];
  // The batch is paused, ends, or is outside its window: its pace tells no end.
  if (state === 'paused' || state === 'draining' || batch.closedUntil !== null) return [];
  if (movingIn(byState) === 0 && byState['backing-off'] > 0) return nextTry(mailboxes, now, room);
  if (eta !== null) {
    const about: Spans = ['done about ', span('strong', showMinute(eta, now)), zoneOf(eta, now)];
    if (etaBetween === null) return about;
    const [from, to] = [showMinute(etaBetween.from, now), showMinute(etaBetween.to, now)];
    const zone = zoneOf(etaBetween.to, now);
    const ranged: Spans = from === to ? about : [...about, span('dim', `, ${from} to ${to}${zone}`)];
    return spansWidth(ranged) <= room ? ranged : about;
  }
  if (unseen > 0 && movingIn(byState) > 0) return [span('dim', 'estimating')];
  return counts.left > 0 ? [span('dim', 'its end is not known yet')] : [];
}

/**
 * The time of the next try where all mailboxes rest, because nobody can tell an end then. It is shortened, and then left
 * out, where a server in trouble needs the room.
 */
function nextTry(mailboxes: readonly MailboxEntity[], now: number, room: number): Spans {
  const next = mailboxes.reduce(
    (first, { state }) => (state.kind === 'backing-off' ? Math.min(first, state.until) : first),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(next)) return [];
  const timer = span('strong', showTimer(next - now));
  const said = ['all rest, the next try in ', 'next try in '].map((text): Spans => [span('dim', text), timer]);
  return said.find((one) => spansWidth(one) <= room) ?? [];
}

/** ` CET` where clocks are set before that: 02:12 after 02:59 would be read as a mistake, and an hour comes twice. */
function zoneOf(at: number, now: number): string {
  return showZone(at) === showZone(now) ? '' : ` ${showZone(at)}`;
}
