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

/** @param version  as the terminal calls itself */
export function showsProgress(version: string): boolean {
  return SHOW_PROGRESS.some(([name, since]) => {
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
