import type { Command } from 'commander';
import { chooseMode } from '../../ui/terminal/mode.js';
import type { ThemeName } from '../../ui/text/theme.js';
import { BadInput } from '../../words/bad-input.js';
import type { DrawnMode } from './consoles.js';
import type { Environment, Launcher, Launching, Stdin, Stdout } from './io.js';

/** Themes to choose from. A terminal that can show none of them is recognised by its type. */
const THEME_NAMES = ['dark', 'light', 'mono'] as const satisfies readonly ThemeName[];

/** As commander hands them over. */
export interface DrawFlags {
  readonly ascii?: boolean;
  readonly theme?: string;
  readonly bell?: boolean;
  /** False: `--no-mouse` was given. */
  readonly mouse?: boolean;
}

export interface DisplayFlags extends DrawFlags {
  readonly plain?: boolean;
  readonly json?: boolean;
}

/** The way a console is drawn, and the launcher that it needs. */
export type OnScreen = Extract<Display, { kind: 'console' }>;

/** How a run is shown: by a console on an engine of its own, or by lines of an engine in this process. */
export type Display =
  | { readonly kind: 'console'; readonly mode: DrawnMode; readonly launcher: Launcher }
  /** `why`: the reason for which no console can be drawn; '': none was wanted. */
  | { readonly kind: 'lines'; readonly format: 'plain' | 'json'; readonly why: string };

export function addDrawOptions(command: Command): Command {
  return command
    .option('--ascii', 'draw the console with ASCII only (by itself where the locale is not UTF-8)')
    .option('--bell', 'ring at the first mailbox that needs you, and at the end')
    .option('--no-mouse', 'leave the mouse to the terminal: text is selected without shift')
    .option('--theme <name>', `colours of the console: ${THEME_NAMES.join(', ')}`);
}

/** @throws BadInput  naming the option */
export function chooseDisplay(flags: DisplayFlags, io: Stdout & Stdin & Environment & Launching): Display {
  const theme = readTheme(flags.theme);
  if (flags.json) return { kind: 'lines', format: 'json', why: '' };
  if (flags.plain) return { kind: 'lines', format: 'plain', why: '' };
  const { launcher } = io;
  if (!launcher) return { kind: 'lines', format: 'plain', why: 'there is no console here' };
  const mode = chooseMode({
    stdinIsTerminal: io.stdinIsTerminal,
    stdoutIsTerminal: io.out.isTerminal,
    env: io.env,
    ascii: flags.ascii ? 'asked' : 'by locale',
    theme,
    bell: flags.bell ? 'asked' : 'silent',
    mouse: flags.mouse === false ? 'off' : 'on',
  });
  return mode.kind === 'console'
    ? { kind: 'console', mode, launcher }
    : { kind: 'lines', format: 'plain', why: mode.why };
}

function readTheme(name: string | undefined): ThemeName | null {
  if (name === undefined) return null;
  const theme = THEME_NAMES.find((one) => one === name);
  if (!theme) throw new BadInput(`--theme: one of ${THEME_NAMES.join(', ')} is expected`);
  return theme;
}
