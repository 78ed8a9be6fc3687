import { BadCommand } from './bad-command.js';

/** A sequence-set (RFC 3501 section 9): ranges in the order given, `*` as Infinity. */
export interface NumberSet {
  readonly ranges: readonly (readonly [number, number])[];
}

const STAR = Number.POSITIVE_INFINITY;

/** @throws BadCommand when the text is no sequence-set */
export function parseNumberSet(text: string): NumberSet {
  const ranges = text.split(',').map((part) => {
    const ends = part.split(':').map(numberOf);
    const [first, second = first] = ends;
    if (ends.length > 2 || first === undefined || second === undefined) throw new BadCommand('Invalid messageset');
    return [Math.min(first, second), Math.max(first, second)] as const;
  });
  return { ranges };
}

function numberOf(text: string): number {
  if (text === '*') return STAR;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new BadCommand('Invalid messageset');
  return Number(text);
}

/**
 * The set with `*` put in place of, sorted and without overlaps.
 * @param highest the number that `*` stands for; 0 for an empty folder
 */
export function resolved(set: NumberSet, highest: number): readonly (readonly [number, number])[] {
  const real = set.ranges
    .map(([low, high]): [number, number] => {
      const to = high === STAR ? highest : high;
      // `559:*` names the last message even when its number is smaller than 559 (RFC 3501 section 6.4.8).
      const from = low === STAR ? highest : low;
      return [Math.min(from, to), Math.max(from, to)];
    })
    .sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [low, high] of real) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** Writes numbers as a sequence-set, keeping their order: 7,8,9,3 becomes "7:9,3". */
export function formatNumbers(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (end + 1 < numbers.length && numbers[end + 1] === numbers[end]! + 1) end += 1;
    parts.push(end === at ? `${numbers[at]}` : `${numbers[at]}:${numbers[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}
