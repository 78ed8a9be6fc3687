import type { LogLine } from '../../../protocol/events.js';
import { showClock } from '../../../words/times.js';
import { shortSide } from '../../select/errors.js';
import { fitText, shorten } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { marked, type Spans, span } from '../../text/spans.js';
import type { Tone } from '../../text/theme.js';

const TONES: Readonly<Record<LogLine['level'], Tone>> = { debug: 'dim', info: 'text', warn: 'strong', error: 'alert' };

/** A severity without its colour. */
function levelSign(level: LogLine['level'], glyphs: Glyphs): string {
  if (level === 'error') return glyphs.alert;
  return level === 'warn' ? '!' : ' ';
}

export interface LogLook {
  readonly width: number;
  readonly focus: 'focused' | 'resting';
  /** Left out where all lines are of one mailbox. */
  readonly names: 'shown' | 'left out';
  readonly glyphs: Glyphs;
}

/** ` 02:14:07 ▲ ann@new.example  src  INBOX  NO [LIMIT] ...` */
export function logLine(line: LogLine, { width, focus, names, glyphs }: LogLook): Spans {
  const { at, level, mailbox, side, folder, text } = line;
  const options = { ellipsis: glyphs.ellipsis };
  const nameWidth = Math.max(14, Math.min(32, Math.floor(width / 5)));
  const where = folder === null ? '' : `${shorten(folder, Math.max(12, Math.floor(width / 6)), options)}: `;
  const spans: Spans = [
    focus === 'focused' ? glyphs.cursor : ' ',
    span('dim', showClock(at)),
    ' ',
    span(TONES[level], levelSign(level, glyphs)),
    ' ',
    ...(names === 'shown' ? [fitText(mailbox ?? '-', nameWidth, options), '  '] : []),
    span('dim', fitText(side === null ? '' : shortSide(side), 4)),
    '  ',
    span('dim', where),
    span(TONES[level], text),
  ];
  return focus === 'focused' ? marked(spans, 'selected') : spans;
}
