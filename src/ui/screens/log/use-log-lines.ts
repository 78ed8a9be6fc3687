import { useMemo } from 'react';
import type { LogLine } from '../../../protocol/events.js';
import type { Side } from '../../../words/side.js';
import { useView } from '../../model/context.js';
import { filterLog, nextLeast, nextSide, WHOLE_LOG } from '../../select/log-filter.js';
import { useKept } from '../../shell/use-kept.js';

export interface FilteredLog {
  readonly lines: readonly LogLine[];
  readonly least: LogLine['level'];
  readonly side: Side | null;
  /** Address of the only mailbox whose lines are shown, or null. */
  readonly mailbox: string | null;
  readonly turnLevel: () => void;
  readonly turnSide: () => void;
  readonly setMailbox: (mailbox: string | null) => void;
}

/** The lines of the log that pass the filters of its screen. @param only  the mailbox that the screen was opened on */
export function useLogLines(only: string | undefined, text: string): FilteredLog {
  const { log } = useView();
  const [least, setLeast] = useKept<LogLine['level']>('least', only === undefined ? WHOLE_LOG.least : 'debug');
  const [side, setSide] = useKept('side', WHOLE_LOG.side);
  const [mailbox, setMailbox] = useKept<string | null>('mailbox', only ?? null);
  const lines = useMemo(() => filterLog(log, { least, side, mailbox, text }), [log, least, side, mailbox, text]);
  return {
    ...{ lines, least, side, mailbox, setMailbox },
    turnLevel: () => setLeast(nextLeast),
    turnSide: () => setSide(nextSide),
  };
}
