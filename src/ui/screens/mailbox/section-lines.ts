import type { MailboxEntity } from '../../../protocol/entities.js';
import type { LogLine } from '../../../protocol/events.js';
import { reasonText } from '../../../words/reason-text.js';
import { showClock, showTimer } from '../../../words/times.js';
import { showShortCount } from '../../../words/units.js';
import { groupName, shortSide } from '../../select/errors.js';
import { stateSign, stateTone, stateWord } from '../../select/states.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { logLine } from '../log/log-lines.js';
import type { ErrorsView } from '../shared/use-errors.js';

/** States that it was in, the newest first, and how long each lasted. */
export function historyLines({ history }: MailboxEntity, now: number, glyphs: Glyphs): readonly Spans[] {
  if (history.length === 0) return [[' ', span('dim', 'nothing since this engine began')]];
  const lines = history.map(({ at, kind, because }, index): Spans => {
    const lasted = showTimer((history[index + 1]?.at ?? now) - at);
    return [
      ' ',
      span('dim', showClock(at)),
      `  ${stateSign(kind, glyphs)} `,
      span(stateTone(kind), fitText(stateWord(kind), 12)),
      span('dim', fitText(lasted, 9, { align: 'right' })),
      `  ${reasonText(because)}`,
    ];
  });
  return lines.toReversed();
}

/** The last lines of its log, the newest last. */
export function tailLines(log: readonly LogLine[], width: number, height: number, glyphs: Glyphs): readonly Spans[] {
  if (log.length === 0) return [[' ', span('dim', 'nothing was said of this mailbox')]];
  const shown = log.slice(-Math.max(1, height));
  return shown.map((line) => logLine(line, { width, focus: 'resting', names: 'left out', glyphs }));
}

/** Its errors by cause. */
export function errorLines({ groups, trouble }: ErrorsView): readonly Spans[] {
  if (groups === null) return [[' ', span('dim', trouble ?? 'asking for them')]];
  if (groups.length === 0) return [[' ', span('dim', 'none')]];
  return groups.flatMap((group) =>
    group.entries.map(
      ({ side, command, folder, count, response, lastAt }): Spans => [
        ' ',
        span('dim', showClock(lastAt)),
        '  ',
        span('alert', fitText(groupName(group), 20)),
        '  ',
        span('dim', fitText(shortSide(side), 4)),
        '  ',
        fitText(count > 0 ? showShortCount(count) : '-', 6, { align: 'right' }),
        `  ${command}${folder === null ? '' : ` ${folder}`}: ${response}`,
      ],
    ),
  );
}
