import type { DecisionEntity, DecisionPreview, ScopeSample } from '../../protocol/answers.js';
import { scopeText, waitingText } from '../../words/amount.js';
import { decidedText, HOW, standingText } from '../../words/decided-text.js';
import { showDuration } from '../../words/times.js';
import { plural, showCount } from '../../words/units.js';
import { harmless } from '../process/harmless.js';

/** Whether an order would change anything. */
export function isNothing({ uids, failures }: Pick<DecisionPreview, 'uids' | 'failures'>): boolean {
  return uids === 0 && failures === 0;
}

/** The effect of an order, in the words in which it is reported when it is done. */
function intentOf(preview: Omit<DecisionPreview, 'id'>): string {
  const { action, firstCount, mailboxes } = preview;
  const all = scopeText(preview);
  switch (action.do) {
    case 'retry':
      return `retry ${all}${HOW[action.treatment]}${action.afterSeconds > 0 ? ` in ${showDuration(action.afterSeconds * 1000)}` : ''}`;
    case 'try-first':
      return `retry ${showCount(firstCount)} of ${all} first${HOW[action.treatment]}, the rest if all of these are taken`;
    case 'skip':
      return `skip ${all}: ${action.why.trim()}`;
    case 'backoff':
      return action.seconds === null
        ? `let ${all} rest ${action.factor} times longer`
        : `let ${all} rest for ${showDuration(action.seconds * 1000)}`;
    case 'release':
      return `release the hold of ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
  }
}

/** An order that is not given: what it would do, where, and what to know first. */
export function previewLines(preview: Omit<DecisionPreview, 'id'>): string[] {
  const { action, first, samples, releases, warnings, folders, mailboxes } = preview;
  const places = action.do === 'release' ? mailboxes : folders;
  const more = Math.max(0, places - samples.length);
  const waiting = waitingText(preview);
  return [
    `would ${intentOf(preview)}`,
    ...first.map((sample) => `  first: ${placeText(sample)}`),
    ...samples.map((sample) => `  ${placeText(sample)}`),
    ...(more > 0 ? [`  and ${plural(more, 'more place')}`] : []),
    ...(waiting === '' ? [] : [waiting]),
    ...(action.do !== 'release' && releases.length > 0
      ? [`held mailboxes that go on with it: ${releases.join(', ')}`]
      : []),
    ...warnings.map((warning) => `note: ${warning}`),
    'nothing was changed',
  ].map(harmless);
}

/** An order that was given, and how to take it back. @param typed  the batch as it is typed after a command */
export function doneLine(decision: DecisionEntity, typed: string): string {
  const { id, undoable } = decision;
  const [batch, ...place] = typed.split(' ');
  const undo = undoable ? `; undo: nightferry undo ${[batch, id, ...place].join(' ')}` : '';
  return harmless(`${decidedText(decision)} (decision ${id}${undo})`);
}

function placeText({ mailbox, folder, uids, count }: ScopeSample): string {
  if (uids === '') return [mailbox, ...(folder === null ? [] : [folder])].join(' ');
  // A long set is cut off, but the count is of all UIDs.
  return `${mailbox} ${folder ?? ''} ${plural(count, 'message')}: UID ${uids}${isWhole(uids, count) ? '' : ',...'}`;
}

function isWhole(uids: string, count: number): boolean {
  const ranges = uids.split(',').map((range) => range.split(':').map(Number));
  return ranges.reduce((sum, [lo = 0, hi = lo]) => sum + hi - lo + 1, 0) === count;
}

/** A decision as JSON has it: its fields, what it does in one word, and both lines. */
export function decisionJson(decision: DecisionEntity): object {
  const { action, standing, ...rest } = decision;
  return {
    ...rest,
    do: action.do,
    text: decidedText(decision),
    standing: standingText(decision),
    action,
    places: standing,
  };
}
