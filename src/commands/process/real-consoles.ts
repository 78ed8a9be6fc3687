import type { ReadStream } from 'node:tty';
import { openBatchConsole, openCheckConsole, openStartConsole } from '../../ui/consoles.js';
import { type ConsoleIo, realTerminal } from '../../ui/terminal/console-io.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import type { Consoles } from './consoles.js';

/** Consoles on the terminal of this process. */
export function realConsoles(clock: Clock): Consoles {
  return {
    onBatch: (parts) => openBatchConsole({ ...parts, clock, io: terminal(clock) }),
    check: (parts) => openCheckConsole({ ...parts, clock, io: terminal(clock) }),
    start: (parts) => openStartConsole({ ...parts, clock, io: terminal(clock) }),
  };
}

/** @throws BadInput  where there is none that can be written to without blocking */
function terminal(clock: Clock): ConsoleIo {
  const io = realTerminal(process.stdin as ReadStream, process.stdout, clock);
  if (!io) throw new BadInput('the terminal cannot be opened; --plain prints lines');
  return io;
}
