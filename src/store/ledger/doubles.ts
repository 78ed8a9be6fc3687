import { z } from 'zod';
import type { FoundOf } from '../../words/findings/found.js';
import { uidValidity as validity } from '../documents/field-schemas.js';
import { isUid, type Uid } from '../uid/uid.js';
import { formatPairs, parsePairs } from '../uid/uid-pairs-text.js';
import { UidSet, uidsInText } from '../uid/uid-set.js';

/**
 * Messages of one source folder that are at the destination more than once. The first copy is the one that the UID
 * ledger names; a message may have several others.
 */
export interface Doubles {
  /** UIDVALIDITY of the destination folder that these UIDs belong to; null: it tells none. */
  readonly uidValidity: string | null;
  /** UIDs of second copies, with the UID of the message at the source. */
  readonly byDestination: ReadonlyMap<Uid, Uid>;
}

export function doublesFrom(
  pairs: Iterable<readonly [source: Uid, destination: Uid]>,
  uidValidity: string | null,
): Doubles {
  return { uidValidity, byDestination: new Map([...pairs].map(([source, destination]) => [destination, source])) };
}

/** Adds second copies to the known ones. Those of a folder that was made anew are forgotten. */
export function withMore(known: Doubles | null, found: Doubles): Doubles {
  if (known?.uidValidity !== found.uidValidity) return found;
  return { ...found, byDestination: new Map([...known.byDestination, ...found.byDestination]) };
}

/** Removes second copies; null: none is left. */
export function withoutDoubles({ uidValidity, byDestination }: Doubles, destinations: UidSet): Doubles | null {
  const left = [...byDestination].filter(([destination]) => !destinations.has(destination));
  return left.length === 0 ? null : { uidValidity, byDestination: new Map(left) };
}

/** UIDs of the second copies. */
export function secondCopies({ byDestination }: Doubles): UidSet {
  return UidSet.from(byDestination.keys());
}

/** For the error ledger: the same finding for the same cause but for its numbers. */
export function doublesFound(doubles: Doubles): FoundOf<'stands twice'> {
  const there = secondCopies(doubles);
  const here = UidSet.from(doubles.byDestination.values());
  return { key: 'stands twice', copies: there.size, there: uidsInText(there), here: uidsInText(here) };
}

/** As mailbox.json holds them: as COPYUID writes pairs. */
const schema = z.strictObject({ source: z.string(), destination: z.string(), uidValidity: validity.nullable() });
export type DoublesText = z.infer<typeof schema>;

export function writeDoubles({ uidValidity, byDestination }: Doubles): DoublesText {
  const runs = [...byDestination].map(([destination, source]) => ({ source, destination, length: 1 }));
  return { ...formatPairs(runs), uidValidity };
}

export function readDoubles({ uidValidity, ...text }: DoublesText): Doubles {
  const byDestination = new Map<Uid, Uid>();
  for (const { source, destination, length } of parsePairs(text))
    for (let i = 0; i < length; i++) byDestination.set(destination + i, source + i);
  return { uidValidity, byDestination };
}

export function isDoublesText(value: unknown): value is DoublesText {
  const read = schema.safeParse(value);
  if (!read.success) return false;
  try {
    const { byDestination } = readDoubles(read.data);
    return byDestination.size > 0 && [...byDestination].every(([to, from]) => isUid(to) && isUid(from));
  } catch {
    return false;
  }
}
