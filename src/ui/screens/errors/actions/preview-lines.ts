import type { DecisionPreview, ScopeSample } from '../../../../protocol/answers.js';
import { scopeText, waitingText } from '../../../../words/amount.js';
import { plural, showCount } from '../../../../words/units.js';
import type { TriageTarget } from '../../../select/triage-target.js';
import type { Glyphs } from '../../../text/glyphs.js';
import { type Spans, span } from '../../../text/spans.js';
import { wrap } from '../../../text/wrap.js';

/** The number acted on, as the button shows it: messages, and failures of folders or logins beside them. */
export function countText({ uids, failures }: Pick<DecisionPreview, 'uids' | 'failures'>): string {
  return showCount(uids > 0 ? uids + failures : failures);
}

/** Whether an order would change anything. */
export function isEmpty({ uids, failures }: Pick<DecisionPreview, 'uids' | 'failures'>): boolean {
  return uids + failures === 0;
}

/** `131 messages of OVERQUOTA in 2 mailboxes, destination` */
function targetText(preview: DecisionPreview, { side }: Pick<TriageTarget, 'side'>): string {
  const { action, mailboxes } = preview;
  if (action.do === 'release')
    return mailboxes === 0
      ? 'none of these mailboxes is held'
      : `${plural(mailboxes, 'held mailbox', 'held mailboxes')}`;
  if (isEmpty(preview)) return 'nothing of this is open';
  return `${scopeText(preview)}${side === null ? '' : `, ${side}`}`;
}

/**
 * The count, the scope, and samples.
 *
 * @param width  cells
 * @param most   lines
 */
export function previewLines(
  preview: DecisionPreview,
  target: Pick<TriageTarget, 'side'>,
  width: number,
  most: number,
): readonly Spans[] {
  const room = width - 2;
  const scope = wrap(targetText(preview, target), room, 2).map((line): Spans => [' ', span('strong', line)]);
  const samples = sampleLines(preview, room, Math.max(1, most - scope.length));
  return [...scope, ...samples.map((line): Spans => [' ', line])];
}

function sampleLines(preview: DecisionPreview, room: number, most: number): readonly string[] {
  const { action, first, firstCount, uids, samples, releases, folders } = preview;
  if (action.do === 'release') return listed(releases, releases.length, most, ['mailbox', 'mailboxes']);
  if (action.do === 'try-first') {
    if (firstCount === 0) return [];
    const rest = uids - firstCount;
    const named = `first ${showCount(firstCount)}: ${first.map(sampleText).join(', ')}`;
    const taken = firstCount === 1 ? 'it is' : `all ${firstCount} are`;
    return [
      ...wrap(named, room, Math.max(1, most - 1)),
      ...(rest > 0 ? [`then ${showCount(rest)}: only if ${taken} taken`] : []),
    ];
  }
  const texts = samples.map(
    (sample) => sampleText(sample) + (sample.count > 1 ? `  (${showCount(sample.count)})` : ''),
  );
  // Two failures of one mailbox are one place.
  const places = [...new Set(texts)];
  return listed(places, Math.max(folders, places.length), most, ['place', 'places']);
}

/** `maria@new.example INBOX UID 48213:48220` */
function sampleText({ mailbox, folder, uids }: ScopeSample): string {
  if (uids === '') return folder === null ? `${mailbox}, as a whole` : `${mailbox} ${folder}, the folder as a whole`;
  return [mailbox, folder ?? '', `UID ${uids}`].filter((one) => one !== '').join(' ');
}

/** @param all  how many places there are; fewer may be known */
function listed(
  texts: readonly string[],
  all: number,
  most: number,
  [one, many]: readonly [one: string, many: string],
): readonly string[] {
  if (all <= most && texts.length === all) return texts;
  const shown = texts.slice(0, Math.max(1, most - 1));
  const left = all - shown.length;
  return [...shown, `and ${showCount(left)} more ${left === 1 ? one : many}`];
}

/** Further consequences, and warnings to read first. */
export function warningLines(preview: DecisionPreview, width: number, glyphs: Glyphs): readonly Spans[] {
  const { releases, mailboxes, warnings, action } = preview;
  const waiting = waitingText(preview);
  const alert = (text: string): Spans[] =>
    wrap(text, width - 4).map(
      (line, index): Spans => [' ', span('alert', `${index === 0 ? glyphs.alert : ' '} ${line}`)],
    );
  const released = action.do === 'release' ? '' : releasesText(releases, mailboxes);
  return [
    ...(waiting === '' ? [] : wrap(waiting, width - 2).map((line): Spans => [' ', line])),
    ...(released === '' ? [] : wrap(released, width - 2).map((line): Spans => [' ', line])),
    ...warnings.flatMap(alert),
  ];
}

function releasesText(releases: readonly string[], mailboxes: number): string {
  const [first, second] = releases;
  if (first === undefined) return '';
  if (releases.length === 1) return `${first} is held: this releases it`;
  if (releases.length === mailboxes)
    return `${mailboxes === 2 ? 'both' : `all ${showCount(mailboxes)}`} mailboxes are held: this releases them`;
  const named =
    releases.length === 2 ? `${first} and ${second}` : `${first} and ${showCount(releases.length - 1)} more mailboxes`;
  return `${named} are held: this releases them`;
}
