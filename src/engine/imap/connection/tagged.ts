import { readServerText } from '../grammar/server-text.js';

/** The answer to a command. */
export interface Tagged {
  readonly status: 'OK' | 'NO' | 'BAD';
  /** The whole line without its tag: `NO [OVERQUOTA] Quota exceeded`. */
  readonly line: string;
  /** Upper-case response code, or null. */
  readonly code: string | null;
  /** Arguments after the code, inside its brackets. */
  readonly codeArgs: string;
}

const TAGGED = /^([^ ]+) (OK|NO|BAD)\b ?(?:\[([^\] ]+) ?([^\]]*)\])?/i;

/** @returns the tag and the answer; undefined: the line is no tagged response */
export function parseTagged(text: string): { tag: string; answer: Tagged } | undefined {
  const m = TAGGED.exec(text);
  if (!m) return undefined;
  return {
    tag: m[1]!,
    answer: {
      status: m[2]!.toUpperCase() as Tagged['status'],
      line: readServerText(text.slice(m[1]!.length + 1)),
      code: m[3]?.toUpperCase() ?? null,
      codeArgs: m[4] ?? '',
    },
  };
}
