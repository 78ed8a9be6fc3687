import type { EngineState } from './engine-state.js';

/**
 * The text after the console was left: which work goes on without it, and how to come back. Whole lines.
 *
 * @param typed  the batch as it is typed after a command
 */
export function farewell(batch: string, typed: string, state: EngineState): string {
  switch (state.kind) {
    case 'running':
      return `${batch} goes on without this console: \`nightferry attach ${typed}\` comes back, \`nightferry stop ${typed}\` ends it\n`;
    case 'waiting':
      if (state.exitCode === 0) return `${batch} ${endingWords(0)}\n`;
      return `${batch} has done what it could, the rest waits for you: \`nightferry attach ${typed}\` comes back to it, \`nightferry resume ${typed}\` tries all of it again\n`;
    case 'died':
      return `the engine of ${batch} is gone; nothing that was copied is lost: \`nightferry resume ${typed}\` goes on\n`;
    case 'ended': {
      const more =
        state.exitCode === 0
          ? ''
          : `: \`nightferry errors ${typed}\` lists what failed, \`nightferry resume ${typed}\` goes on`;
      return `${batch} ${endingWords(state.exitCode)}${more}\n`;
    }
  }
}

export function endingWords(exitCode: number): string {
  switch (exitCode) {
    case 0:
      return 'is done, all settled';
    case 3:
      return 'has ended with errors open';
    case 4:
      return 'was stopped before the end';
    case 130:
      return 'was interrupted';
    default:
      return `ended with exit code ${exitCode}`;
  }
}
