import picomatch from 'picomatch';
import { BadInput } from '../../../words/bad-input.js';

/** Says of a folder, by any of the names an operator may know it under, whether the patterns mean it. */
export type FolderFilter = (names: readonly string[]) => boolean;

/**
 * `--include` and `--exclude`: globs with `/` as separator, whatever the server's delimiter. `*` stays within a level,
 * `**` goes through them. Brackets stand for themselves, since `[Gmail]` is a folder far more often than a
 * set of letters, and so do parentheses. INBOX is met in any case.
 *
 * @throws BadInput  for a pattern that is empty or cannot be read
 */
export function folderFilter(option: '--include' | '--exclude', patterns: readonly string[]): FolderFilter {
  const matchers = patterns.map((pattern) => {
    if (pattern.trim() === '')
      throw new BadInput(`${option}: the pattern is empty; give a folder or a glob such as 'Archive/**'`);
    const glob = compile(option, inboxInCapitals(pattern));
    return (name: string) => name === pattern || glob(name);
  });
  return (names) => matchers.some((matches) => names.some(matches));
}

/** The pattern that means this folder and no other. */
export function folderAsGlob(path: string): string {
  return path.replace(/[*?{}\\]/g, '\\$&');
}

function compile(option: string, pattern: string): (name: string) => boolean {
  try {
    return picomatch(pattern.replace(/[()]/g, '\\$&'), { dot: true, nobracket: true, noextglob: true, nonegate: true });
  } catch (error) {
    throw new BadInput(`${option} '${pattern}': not a glob that can be read (${(error as Error).message})`);
  }
}

function inboxInCapitals(pattern: string): string {
  return pattern.replace(/^inbox(?=$|\/)/i, 'INBOX');
}
