import type { ThemeName } from '../text/theme.js';
import type { SignsWishes } from './signs.js';

/** Whether the console can be drawn, decided before anything is. */
export type ConsoleMode =
  | {
      readonly kind: 'console';
      readonly charset: 'unicode' | 'ascii';
      readonly theme: ThemeName;
      readonly signs: SignsWishes;
      readonly mouse: 'on' | 'off';
    }
  /** Plain lines instead; `why` is what is told when a console was asked for by name (`attach`). */
  | { readonly kind: 'plain'; readonly why: string };

export interface ModeQuestion {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ascii: 'asked' | 'by locale';
  readonly theme: ThemeName | null;
  readonly bell: SignsWishes['bell'];
  /** `off`: text is selected without shift, as in a shell. */
  readonly mouse: 'on' | 'off';
}

/** Terminals that know neither bold nor inverse. */
const BARE_TERMINALS = /^(?:vt52|adm|unknown)/;
/** The kernel's console and hardware terminals have no window title, and print sequences that they do not know. */
const UNTITLED = /^(?:linux|vt\d|cons|adm|ansi|unknown)/;
/** Terminals that report no mouse, or not by sequences. */
const WITHOUT_MOUSE = /^(?:vt\d|adm|unknown|linux|ansi|cons25|sun)/;

export function chooseMode({
  stdinIsTerminal,
  stdoutIsTerminal,
  env,
  ascii,
  theme,
  bell,
  mouse,
}: ModeQuestion): ConsoleMode {
  if (!stdoutIsTerminal) return { kind: 'plain', why: 'standard output is no terminal' };
  if (!stdinIsTerminal) return { kind: 'plain', why: 'standard input is no terminal' };
  const term = env.TERM ?? '';
  if (term === '' || term === 'dumb')
    return { kind: 'plain', why: `a terminal of type "${term || 'none'}" cannot be drawn on` };
  if (env.INK_SCREEN_READER === 'true')
    return { kind: 'plain', why: 'a screen reader is asked for (INK_SCREEN_READER)' };
  return {
    kind: 'console',
    charset: ascii === 'asked' || !localeIsUtf8(env) ? 'ascii' : 'unicode',
    theme: themeFor(term, env, theme),
    signs: { title: UNTITLED.test(term) ? 'hidden' : 'shown', bell },
    mouse: WITHOUT_MOUSE.test(term) ? 'off' : mouse,
  };
}

/** The first of them that is set and not empty decides (POSIX, Base Definitions 8.2). */
function localeIsUtf8(env: ModeQuestion['env']): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((one) => one) ?? '';
  return /utf-?8/i.test(locale);
}

function themeFor(term: string, env: ModeQuestion['env'], asked: ThemeName | null): ThemeName {
  if (BARE_TERMINALS.test(term)) return 'bare';
  if (asked) return asked;
  // no-color.org: present and not empty, whatever its value.
  if (env.NO_COLOR || term.startsWith('vt')) return 'mono';
  // rxvt and its kin tell "foreground;background"; 7 and 15 are the light ones.
  return /;(?:7|15)$/.test(env.COLORFGBG ?? '') ? 'light' : 'dark';
}
