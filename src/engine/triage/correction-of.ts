import type { ErrorEntry } from '../../store/errors/error-entry.js';
import type { Correction } from '../../words/correction.js';
import type { Kind } from '../../words/verdict.js';
import { patternOf, whyRefused } from '../responses/corrections.js';

/**
 * An operator's word that responses like that of an entry are of another kind.
 *
 * @param known  the corrections there are: it gets the next number
 * @returns a sentence, where it may not be read so
 */
export function correctionOf(
  { side, command, sample, verdict }: ErrorEntry,
  kind: Kind,
  known: readonly Correction[],
  who: { readonly at: number; readonly by: string },
): Correction | string {
  const pattern = patternOf({ line: sample, command, side }, verdict);
  const refused = whyRefused(pattern, kind, verdict);
  if (refused !== null) return `this cannot be read as ${kind}: ${refused}`;
  const id = String(known.reduce((most, one) => Math.max(most, Number(one.id) || 0), 0) + 1);
  return { id, ...who, pattern, kind, sample };
}
