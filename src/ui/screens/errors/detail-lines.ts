import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../protocol/answers.js';
import { adviceText } from '../../../words/advice/advice-text.js';
import { groundsText } from '../../../words/grounds/grounds-text.js';
import { showClock, showMinute, showZone } from '../../../words/times.js';
import { plural, showCount, showShortCount } from '../../../words/units.js';
import { ruleLine } from '../../components/Rule.js';
import { type GroupedBy, groupName, type MailboxShare, sharesOf } from '../../select/errors.js';
import { countOf, uidRanges } from '../../select/uid-ranges.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { linkedLines } from '../../text/links.js';
import { type Spans, span, spread } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

export interface GroupLook {
  readonly by: GroupedBy;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
  /** The batch as it is typed after a command. */
  readonly typed: string;
  /** Messages of mailboxes that the group holds, which were not tried. */
  readonly untried: number;
}

/** A group under the list of groups: what was said, what to do, why it was read so, who has how much of it. */
export function groupLines(
  group: ErrorGroupEntity,
  { by, width, height, glyphs, typed, untried }: GroupLook,
): readonly Spans[] {
  const [first] = group.entries;
  if (!first || height < 2) return [];
  const { side, command, response, verdict } = first;
  const room = width - 2;
  const read = `Read as ${verdict.kind}: ${groundsText(verdict)}`;
  const readLines = wrap(read, room - 14, 2);
  const text = [
    ruleLine(
      [span('strong', groupName(group, by)), `   ${group.side === null ? 'both sides' : `${side}   ${command}`}`],
      width,
      glyphs,
    ),
    ...linkedLines(response, 'text', room, height > 9 ? 3 : 2).map((line): Spans => [' ', ...line]),
    ...linkedLines(adviceText(verdict.advice, typed), 'dim', room, height > 9 ? 3 : 2).map(
      (line): Spans => [' ', ...line],
    ),
    ...readLines.map((line, index): Spans => {
      const isLast = index === readLines.length - 1;
      return spread([' ', span('dim', line)], isLast ? [span('key', 'x'), ' says why '] : [], width);
    }),
  ];
  const behind: Spans[] =
    untried > 0 ? [[' ', span('strong', plural(untried, 'more message')), ' of these mailboxes were not tried']] : [];
  const rest = height - text.length - 1 - behind.length;
  return [...text, [], ...behind, ...shareLines(group, width, rest, glyphs)].slice(0, height);
}

/** The share of each mailbox: `maria@new.example    88 messages   INBOX 80, Sent 8`. */
function shareLines(group: ErrorGroupEntity, width: number, height: number, glyphs: Glyphs): readonly Spans[] {
  if (height <= 0) return [];
  const shares = sharesOf(group.entries);
  const fits = group.mailboxes <= Math.min(height, shares.length);
  const shown = shares.slice(0, fits ? height : height - 1);
  const nameWidth = Math.max(20, Math.min(44, Math.floor(width / 3)));
  const lines = shown.map(
    (share): Spans => [
      ' ',
      fitText(share.mailbox, nameWidth, { ellipsis: glyphs.ellipsis }),
      fitText(amountOf(share), 14, { align: 'right' }),
      `   ${foldersOf(share)}`,
    ],
  );
  if (fits) return lines;
  const more = plural(Math.max(1, group.mailboxes - shown.length), 'mailbox', 'mailboxes');
  return [...lines, [' ', span('dim', `and ${more} more: enter lists them`)]];
}

function amountOf({ count, affected, skipped, doubled }: MailboxShare): string {
  if (doubled > 0) return `${showShortCount(doubled)} twice`;
  if (count + affected > 0) return plural(count + affected, 'message');
  return skipped > 0 ? `${showShortCount(skipped)} left out` : '-';
}

function foldersOf({ folders }: MailboxShare): string {
  const named = folders.flatMap(({ folder, count }) =>
    folder === null ? [] : [count > 0 && folders.length > 1 ? `${folder} ${showCount(count)}` : folder],
  );
  return named.join(', ');
}

/** A line or more with a name in front. */
export function field(name: string, text: string, width: number, most = 40): readonly Spans[] {
  const room = Math.max(10, width - 17);
  return linkedLines(text, 'text', room, most).map(
    (line, index): Spans => [' ', span('dim', fitText(index === 0 ? name : '', 14)), ' ', ...line],
  );
}

/** How entries are shown. */
export interface EntryLook {
  readonly width: number;
  readonly now: number;
  /** The batch as it is typed after a command. */
  readonly typed: string;
}

/** An entry under the list of entries: where it is, what was said, what it means. */
export function entryLines(entry: ErrorEntryEntity, { width, now, typed }: EntryLook): readonly Spans[] {
  const { side, command, folder, attempts, times, firstAt, lastAt, response, verdict, skipped } = entry;
  return [
    ...field('response', response, width),
    ...field('at', `${side}, ${command}${folder === null ? '' : `, ${folder}`}`, width),
    ...(entry.doubled > 0
      ? field('UIDs', secondCopiesText(entry), width, 4)
      : field('messages', messagesOf(entry), width, 2)),
    ...(skipped > 0 ? field('left out', `${plural(skipped, 'message')} by your decision`, width) : []),
    ...(entry.accepted ? field('left out', 'accepted by your decision', width) : []),
    ...field(...triedText(attempts, times), width),
    ...field('first, last', `${showDay(firstAt, now)} to ${showDay(lastAt, now)}`, width),
    ...field('what to do', adviceText(verdict.advice, typed), width),
    ...field('read as', `${verdict.kind}: ${groundsText(verdict)}`, width),
  ];
}

function messagesOf({ count, uids, skipped, affected, accepted }: ErrorEntryEntity): string {
  if (count > 0) return `${plural(count, 'message')}: ${uids}`;
  if (skipped > 0) return uids;
  if (affected > 0 && !accepted) return `${plural(affected, 'message')} of its folder, which failed as a whole`;
  return 'none: it is of a folder or a login';
}

/** The second copies by their UIDs at the destination; the response names those at the source. */
export function secondCopiesText({ doubled, destinationUids }: ErrorEntryEntity): string {
  const isWhole = countOf(uidRanges(destinationUids)) >= doubled;
  const more = isWhole ? '' : ' and more, which `nightferry errors` of this batch names with --json';
  return `${plural(doubled, 'second copy', 'second copies')} at the destination: ${destinationUids}${more}`;
}

/** `tried`, or `met` where no message was tried a second time: a login, a folder. */
export function triedText(attempts: number, times: number, most = ''): readonly [name: string, text: string] {
  if (attempts === 0) return ['met', plural(times, 'time')];
  return ['tried', `${plural(attempts, 'time')}${most}; met ${plural(times, 'time')} in all`];
}

/** To the second, with its day where that is another one: `01:12:05`, `15 Jan 22:40:00`. */
export function showDay(at: number, now: number): string {
  return `${showMinute(at, now)}:${showClock(at).slice(6)} ${showZone(at)}`;
}
