import type { EngineCommand } from './commands.js';

/** Commands that need no mailbox to be there. */
export function isOfBatch(command: EngineCommand): boolean {
  switch (command.do) {
    case 'status':
    case 'log':
    case 'stagger':
    case 'concurrency':
    case 'window':
      return true;
    case 'stop':
    case 'pause':
    case 'continue':
      return command.mailbox === null;
    default:
      return false;
  }
}
