import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../engine/protocol.js';
import { ruleLine } from '../../components/Rule.js';
import { groupName } from '../../select/errors.js';
import { fitText } from '../../text/fit.js';
import { plural, showClock, showMinute } from '../../text/format.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

/** A group under the list of groups: what was said, what to do, who has most of it. */
export function groupLines(group: ErrorGroupEntity, width: number, height: number, glyphs: Glyphs): readonly Spans[] {
  const [first] = group.entries;
  if (!first || height < 2) return [];
  const { side, command, response, verdict } = first;
  const text = [
    ruleLine([span('strong', groupName(group)), `   ${side}   ${command}`], width, glyphs),
    ...wrap(response, width - 2, 3).map((line): Spans => [' ', line]),
    ...wrap(verdict.advice, width - 2, 3).map((line): Spans => [' ', span('dim', line)]),
  ];
  const nameWidth = Math.max(20, Math.min(44, Math.floor(width / 3)));
  const entries = group.entries.map(
    ({ mailbox, count, folder }): Spans => [
      ' ',
      fitText(mailbox, nameWidth, { ellipsis: glyphs.ellipsis }),
      fitText(count > 0 ? plural(count, 'UID') : '-', 12, { align: 'right' }),
      `   ${folder ?? ''}`,
    ],
  );
  return [...text, [], ...entries].slice(0, height);
}

/** Everything that is known of one entry. */
export function entryLines(entry: ErrorEntryEntity, width: number, now: number): readonly Spans[] {
  const { mailbox, side, command, folder, uids, count, attempts, times, firstAt, lastAt, response, verdict, own } =
    entry;
  const room = Math.max(10, width - 17);
  const field = (name: string, text: string): Spans[] =>
    wrap(text, room).map((line, index): Spans => [' ', span('dim', fitText(index === 0 ? name : '', 14)), ' ', line]);
  const day = (at: number) => `${showMinute(at, now)}:${showClock(at).slice(6)} UTC`;
  return [
    ...field('mailbox', mailbox),
    ...field('side', side),
    ...field('command', command),
    ...field('folder', folder ?? '-'),
    ...field('UIDs', count > 0 ? `${plural(count, 'message')}: ${uids}` : 'of no message'),
    ...field('tried', `${plural(attempts, 'attempt')}, happened ${plural(times, 'time')}`),
    ...field('first', day(firstAt)),
    ...field('last', day(lastAt)),
    [],
    ...field('response', response),
    [],
    ...field('read as', `${verdict.kind}, reaches the ${verdict.scope}`),
    ...field('because', `${verdict.reason} (rule ${verdict.rule})`),
    ...(verdict.waitSeconds > 0 ? field('wait named', `${verdict.waitSeconds} s`) : []),
    ...field('what to do', verdict.advice),
    ...(own.length > 0 ? [[], [' ', span('strong', 'messages with a response of their own')]] : []),
    ...own.flatMap(({ uid, response: said }) => field(`UID ${uid}`, said)),
  ];
}
