import { BadCommand } from './bad-command.js';

/** In the order in which servers list them. */
export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const;

/** The item of PERMANENTFLAGS when new keywords may be made. */
export const ANY_KEYWORD = '\\*';

const BY_LOWER = new Map(SYSTEM_FLAGS.map((flag) => [flag.toLowerCase(), flag as string]));

/**
 * Reads the flags that a client wants set: system flags in their usual spelling, `\Recent` left out
 * (no client can set it, RFC 3501 section 2.3.2).
 * @throws BadCommand on a system flag that does not exist
 */
export function parseFlags(texts: readonly string[]): readonly string[] {
  const flags = new Set<string>();
  for (const text of texts) {
    if (!text.startsWith('\\')) flags.add(text);
    else if (text.toLowerCase() !== '\\recent') {
      const known = BY_LOWER.get(text.toLowerCase());
      if (!known) throw new BadCommand(`Invalid system flag ${text.toUpperCase()}`);
      flags.add(known);
    }
  }
  return [...flags];
}

/** The part of `flags` that a folder keeps: the rest is dropped without a word, as servers do. */
export function kept(flags: readonly string[], permanent: readonly string[]): readonly string[] {
  const lower = new Set(permanent.map((flag) => flag.toLowerCase()));
  return flags.filter((flag) => lower.has(flag.toLowerCase()) || (!flag.startsWith('\\') && lower.has(ANY_KEYWORD)));
}

/** System flags first, then keywords in the order they came: the way rows list them. */
export function inOrder(flags: ReadonlySet<string>): readonly string[] {
  const system = SYSTEM_FLAGS.filter((flag) => flags.has(flag));
  return [...system, ...[...flags].filter((flag) => !flag.startsWith('\\'))];
}
