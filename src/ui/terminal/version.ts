/** Asks the terminal for its name and version (XTVERSION of xterm's control sequences). */
export const ASK_VERSION = '\u001b[>0q';
/** Name of the key that the answer is read as: it comes with what is typed, and its text is the version. */
export const VERSION = 'version';

/** `DCS > | text ST`. */
const ANSWER = /^\u001bP>\|([^\u0007\u001b]{0,200})(?:\u001b\\|\u0007)/;
/** The beginning of one, of which the end may still come. Nobody types `ESC P >`; Esc and P may be typed. */
const ANSWER_BEGINS = /^\u001bP(?:>(?:\|[^\u0007\u001b]{0,200}\u001b?)?)?$/;

/** @returns the answer at the beginning of the input, with the characters it takes; null: there is none */
export function readVersion(input: string): { readonly version: string; readonly length: number } | null {
  const answer = ANSWER.exec(input);
  return answer && { version: answer[1] ?? '', length: answer[0].length };
}

export function mayBecomeVersion(input: string): boolean {
  return ANSWER_BEGINS.test(input);
}

/** Terminals that show OSC 9;4, and since when. Others may show it as a message: `4;1;64`, at each percent. */
const SHOW_PROGRESS: readonly (readonly [name: RegExp, since: readonly number[]])[] = [
  [/^ghostty (?<version>[\d.]+)/, [1, 2, 0]],
  [/^iTerm2 (?<version>[\d.]+)/, [3, 6, 6]],
  // 0.80 calls itself 8000.
  [/^VTE\((?<version>\d+)\)/, [8000]],
  [/^WezTerm (?<version>\d+)/, [20250209]],
  [/^Windows Terminal (?<version>[\d.]+)/, [1, 6]],
];

/** Terminals that open pages by OSC 8, and since when. Others may show the address as text. tmux hands it on or leaves it out. */
const OPEN_LINKS: typeof SHOW_PROGRESS = [
  [/^ghostty (?<version>[\d.]+)/, [1]],
  [/^iTerm2 (?<version>[\d.]+)/, [3, 1]],
  [/^kitty\((?<version>[\d.]+)\)/, [0, 19]],
  [/^foot\((?<version>[\d.]+)\)/, [1, 7]],
  [/^mintty (?<version>[\d.]+)/, [3, 1]],
  [/^tmux (?<version>[\d.]+)/, [3, 4]],
  // 0.50 calls itself 5000.
  [/^VTE\((?<version>\d+)\)/, [5000]],
  [/^WezTerm (?<version>\d+)/, [20200620]],
  [/^Windows Terminal (?<version>[\d.]+)/, [1, 4]],
];

/** @param version  as the terminal calls itself */
export function showsProgress(version: string): boolean {
  return isAmong(SHOW_PROGRESS, version);
}

/** @param version  as the terminal calls itself */
export function opensLinks(version: string): boolean {
  return isAmong(OPEN_LINKS, version);
}

function isAmong(terminals: typeof SHOW_PROGRESS, version: string): boolean {
  return terminals.some(([name, since]) => {
    const is = name.exec(version)?.groups?.version;
    return is !== undefined && isSince(is.split('.').map(Number), since);
  });
}

function isSince(is: readonly number[], since: readonly number[]): boolean {
  for (const [at, least] of since.entries()) {
    const part = is[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
