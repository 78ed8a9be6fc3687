import type { Command } from 'commander';
import { addStateOption, type StateFlag } from '../process/command-parts.js';
import { addDrawOptions, type DrawFlags } from '../process/display.js';
import { addConfigOption, type ConfigFlag } from './config/config-option.js';
import { addNoticeOptions, NOTICE_VALUES, type NoticeFlags } from './notices/notice-options.js';

/** Of the program without a command: how the start screen is opened. */
export interface StartFlags extends ConfigFlag, StateFlag, DrawFlags, NoticeFlags {
  readonly readOnly?: boolean;
}

/** Options that take a value: the word after one of them is no command. */
export const START_VALUES: readonly string[] = ['--state', '--theme', '--config', ...NOTICE_VALUES];

export function addStartOptions(program: Command): Command {
  const drawn = addDrawOptions(addStateOption(addConfigOption(program))).option(
    '--read-only',
    'a console that can change nothing',
  );
  return addNoticeOptions(drawn);
}
