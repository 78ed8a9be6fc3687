import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../engine/protocol.js';
import { ruleLine } from '../../components/Rule.js';
import { type GroupedBy, groupName, type MailboxShare, sharesOf } from '../../select/errors.js';
import { fitText } from '../../text/fit.js';
import { plural, showClock, showCount, showMinute } from '../../text/format.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spread } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

export interface GroupLook {
  readonly by: GroupedBy;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
}

/** A group under the list of groups: what was said, what to do, why it was read so, who has how much of it. */
export function groupLines(group: ErrorGroupEntity, { by, width, height, glyphs }: GroupLook): readonly Spans[] {
  const [first] = group.entries;
  if (!first || height < 2) return [];
  const { side, command, response, verdict } = first;
  const room = width - 2;
  const read = `Read as ${verdict.kind}: ${verdict.reason}`;
  const [readFirst = '', ...readMore] = wrap(read, room - 14, 2);
  const text = [
    ruleLine([span('strong', groupName(group, by)), `   ${side}   ${command}`], width, glyphs),
    ...wrap(response, room, height > 9 ? 3 : 2).map((line): Spans => [' ', line]),
    ...wrap(verdict.advice, room, height > 9 ? 3 : 2).map((line): Spans => [' ', span('dim', line)]),
    spread([' ', span('dim', readFirst)], [span('key', 'x'), ' says why '], width),
    ...readMore.map((line): Spans => [' ', span('dim', line)]),
  ];
  const shares = sharesOf(group.entries);
  const nameWidth = Math.max(20, Math.min(44, Math.floor(width / 3)));
  const lines = shares.map(
    (share): Spans => [' ', fitText(share.mailbox, nameWidth, { ellipsis: glyphs.ellipsis }), ...shareSpans(share)],
  );
  const left = Math.max(0, height - text.length - 1);
  const more = group.mailboxes - Math.min(lines.length, left - 1);
  const shown =
    lines.length <= left && group.mailboxes <= lines.length
      ? lines
      : [
          ...lines.slice(0, Math.max(0, left - 1)),
          [' ', span('dim', `and ${plural(more, 'mailbox', 'mailboxes')} more: enter lists them`)] as Spans,
        ];
  return [...text, [], ...shown].slice(0, height);
}

/** `   88 UIDs   INBOX 80, Sent 8` */
function shareSpans({ count, folders }: MailboxShare): Spans {
  const named = folders.flatMap(({ folder, count: n }) =>
    folder === null ? [] : [n > 0 && folders.length > 1 ? `${folder} ${showCount(n)}` : folder],
  );
  return [fitText(count > 0 ? plural(count, 'UID') : '-', 12, { align: 'right' }), `   ${named.join(', ')}`];
}

/** A line or more with a name in front. */
export function field(name: string, text: string, width: number, most = 40): readonly Spans[] {
  const room = Math.max(10, width - 17);
  return wrap(text, room, most).map(
    (line, index): Spans => [' ', span('dim', fitText(index === 0 ? name : '', 14)), ' ', line],
  );
}

/** An entry under the list of entries: where it is, what was said, what it means. */
export function entryLines(entry: ErrorEntryEntity, width: number, now: number): readonly Spans[] {
  const { side, command, folder, uids, count, skipped, attempts, times, firstAt, lastAt, response, verdict } = entry;
  const of = count > 0 ? `${plural(count, 'message')}: ${uids}` : skipped > 0 ? `${uids}` : 'of no message';
  return [
    ...field('response', response, width),
    ...field('at', `${side}, ${command}${folder === null ? '' : `, ${folder}`}`, width),
    ...field('UIDs', of, width, 2),
    ...(skipped > 0 ? field('left out', `${plural(skipped, 'message')} by your decision`, width) : []),
    ...(entry.accepted ? field('left out', 'accepted by your decision', width) : []),
    ...field('tried', `${plural(attempts, 'attempt')}, happened ${plural(times, 'time')}`, width),
    ...field('first, last', `${showDay(firstAt, now)} to ${showDay(lastAt, now)}`, width),
    ...field('what to do', verdict.advice, width),
    ...field('read as', `${verdict.kind}: ${verdict.reason}`, width),
  ];
}

/** To the second, with its day where that is another one: `01:12:05`, `15 Jan 22:40:00`. */
export function showDay(at: number, now: number): string {
  return `${showMinute(at, now)}:${showClock(at).slice(6)} UTC`;
}
