import {
  type BatchEntity,
  isInStep,
  isThrough,
  type MailboxEntity,
  needsOperator,
  type Status,
  waitsForWave,
} from '../../protocol/entities.js';
import { showTime } from '../../words/times.js';
import { plural } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { placesText } from './places-text.js';
import { resultsText } from './results-text.js';
import { type SummaryPlace, summaryTable } from './summary.js';

/** A batch in lines: what it is, how it stands, its mailboxes, and its outcome once it is over. */
export function statusText(
  { batch, mailboxes }: Status,
  wanted: 'all' | 'needs you',
  place: SummaryPlace,
): readonly string[] {
  const shown = wanted === 'all' ? mailboxes : mailboxes.filter(needsOperator);
  const head = `${batch.name} ${batch.state}: ${placesText(batch)}, since ${showTime(batch.startedAt)}`;
  const lines = [harmless(head), ...waveLines(batch), standingLine(mailboxes, batch.needs)];
  if (wanted === 'needs you' && shown.length === 0) return lines;
  const whole = [...lines, ...summaryTable(shown, batch, place)];
  return batch.state === 'ended' ? [...whole, '', ...resultsText(batch, mailboxes, place.typed)] : whole;
}

/** The wave of the run, and how many mailboxes wait for another. */
function waveLines({ wave, otherWaves }: BatchEntity): readonly string[] {
  if (wave === null) return [];
  const others = otherWaves === 0 ? 'no mailbox waits' : plural(otherWaves, 'mailbox waits', 'mailboxes wait');
  return [`wave ${wave}: ${others} for another`];
}

/** `20 done (3 with messages skipped), 4 need you, 1 accepted or given up, 6 under way or waiting`, and how many were stopped. */
function standingLine(mailboxes: readonly MailboxEntity[], needs: number): string {
  const calm = mailboxes.filter((one) => !needsOperator(one));
  const inStep = calm.filter((one) => isInStep(one) && one.errors === 0);
  const done = inStep.length;
  const skipped = inStep.filter(({ counts }) => counts.skipped > 0).length;
  const ended = calm.filter((one) => isThrough(one) || one.state.kind === 'given-up').length - done;
  const waves = calm.filter(({ state }) => waitsForWave(state)).length;
  const stopped = calm.filter(({ state }) => state.kind === 'stopped').length;
  const others = calm.length - done - ended - waves - stopped;
  return `${done} done${skipped > 0 ? ` (${skipped} with messages skipped)` : ''}, ${needs} ${needs === 1 ? 'needs' : 'need'} you, ${ended} accepted or given up, ${others} under way or waiting${stopped > 0 ? `, ${stopped} stopped before the end` : ''}`;
}
