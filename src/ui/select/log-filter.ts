import type { LogLine } from '../../protocol/events.js';
import type { Side } from '../../words/side.js';
import { textFilter } from '../text/filter-text.js';

const LEVELS: readonly LogLine['level'][] = ['debug', 'info', 'warn', 'error'];

/** The choice of log lines that are shown. */
export interface LogFilter {
  /** This severity and above. */
  readonly least: LogLine['level'];
  readonly side: Side | null;
  /** Email, or null for all. */
  readonly mailbox: string | null;
  /** The words that were typed after `/`. */
  readonly text: string;
}

export const WHOLE_LOG: LogFilter = { least: 'info', side: null, mailbox: null, text: '' };

export function filterLog(lines: readonly LogLine[], filter: LogFilter): readonly LogLine[] {
  const least = LEVELS.indexOf(filter.least);
  const { matches } = textFilter(filter.text);
  return lines.filter(
    (line) =>
      LEVELS.indexOf(line.level) >= least &&
      (filter.side === null || line.side === filter.side) &&
      (filter.mailbox === null || line.mailbox === filter.mailbox) &&
      (filter.text === '' || matches(logText(line))),
  );
}

/** A line of the log, for searching, copying and saving. */
export function logText({ at, level, mailbox, side, folder, text }: LogLine): string {
  const where = [mailbox, side, folder].filter((one) => one !== null).join(' ');
  return `${new Date(at).toISOString()} ${level}${where === '' ? '' : ` ${where}`}: ${text}`;
}

/** The next lowest severity: all, from info on, warnings, errors. */
export function nextLeast(least: LogLine['level']): LogLine['level'] {
  return LEVELS[(LEVELS.indexOf(least) + 1) % LEVELS.length] ?? 'debug';
}

export function nextSide(side: Side | null): Side | null {
  if (side === null) return 'source';
  return side === 'source' ? 'destination' : null;
}
