import type { OddFolders } from './mail.js';

/** Stands for a literal in the arguments of a command. */
export const literalMark = '\0';

const QUOTED = /^"((?:[^"\\]|\\.)*)"/;

/** The first argument, which names a folder. */
export function nameIn(
  args: string,
  literals: readonly Buffer[],
  folders: OddFolders,
  names: 'lenient' | 'strict',
): string {
  if (args.startsWith(literalMark)) return literals[0]!.toString('latin1');
  const quoted = QUOTED.exec(args)?.[1];
  if (quoted === undefined) return /^\S+/.exec(args)?.[0] ?? '';
  const plain = quoted.replace(/\\(.)/g, '$1');
  // A lenient server also finds a name whose backslashes were not escaped.
  return names === 'lenient' && folders[plain] === undefined && folders[quoted] !== undefined ? quoted : plain;
}

/** The first argument as it is on the wire. */
export function nameAsSent(args: string, literals: readonly Buffer[]): string {
  if (args.startsWith(literalMark)) return `"${literals[0]!.toString('latin1')}"`;
  return QUOTED.exec(args)?.[0] ?? /^\S+/.exec(args)?.[0] ?? '""';
}

export function wordsAfterName(args: string): string {
  return args.replace(/^(?:"(?:[^"\\]|\\.)*"|\S+) ?/, '');
}

/** The words of LOGIN: atoms, quoted strings and literals. */
export function strings(args: string, literals: readonly Buffer[]): Buffer[] {
  const found: Buffer[] = [];
  const left = [...literals];
  for (const [, quoted, mark, atom] of args.matchAll(/"((?:[^"\\]|\\.)*)"|(\0)|([^\s\0]+)/g)) {
    if (mark !== undefined) found.push(left.shift()!);
    else found.push(Buffer.from(quoted?.replace(/\\(.)/g, '$1') ?? atom ?? '', 'latin1'));
  }
  return found;
}

/** Those of the UIDs that a command is about: a set of UIDs at its beginning, or all. */
export function uidsOf(args: string, uids: readonly number[]): number[] {
  const set = /^(?:UID )?([\d*][\d*:,]*)/i.exec(args)?.[1];
  if (set === undefined) return [...uids];
  const last = uids.at(-1) ?? 1;
  const ranges = set.split(',').map((part) => {
    const [from = last, to = from] = part.split(':').map((end) => (end === '*' ? last : Number(end)));
    return { low: Math.min(from, to), high: Math.max(from, to) };
  });
  return uids.filter((uid) => ranges.some(({ low, high }) => uid >= low && uid <= high));
}
