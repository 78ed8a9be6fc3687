import type { Command } from 'commander';
import { addStateOption, type StateFlag } from '../process/command-parts.js';
import { addDrawOptions, type DrawFlags } from '../process/display.js';

/** Of the program without a command: how the start screen is opened. */
export interface StartFlags extends StateFlag, DrawFlags {
  readonly readOnly?: boolean;
}

/** Options that take a value: the word after one of them is no command. */
export const START_VALUES: readonly string[] = ['--state', '--theme'];

export function addStartOptions(program: Command): Command {
  return addDrawOptions(addStateOption(program)).option('--read-only', 'a console that can change nothing');
}
