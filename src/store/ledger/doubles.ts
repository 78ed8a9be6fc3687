import { z } from 'zod';
import { uidValidity as validity } from '../documents/field-schemas.js';
import { isUid, type Uid } from '../uid/uid.js';
import { formatPairs, parsePairs } from '../uid/uid-pairs-text.js';
import { UidSet } from '../uid/uid-set.js';

/**
 * Messages of one source folder that stand at the destination a second time. The first copy is the one that the UID
 * ledger names; one message may have several second ones.
 */
export interface Doubles {
  /** Of the destination folder whose UIDs these are; null: it tells none. */
  readonly uidValidity: string | null;
  /** UID of the second copy -> UID at the source. */
  readonly byDestination: ReadonlyMap<Uid, Uid>;
}

export function doublesFrom(
  pairs: Iterable<readonly [source: Uid, destination: Uid]>,
  uidValidity: string | null,
): Doubles {
  return { uidValidity, byDestination: new Map([...pairs].map(([source, destination]) => [destination, source])) };
}

/** Adds second copies to those known; those of a folder that is no more are forgotten. */
export function withMore(known: Doubles | null, found: Doubles): Doubles {
  if (known?.uidValidity !== found.uidValidity) return found;
  return { ...found, byDestination: new Map([...known.byDestination, ...found.byDestination]) };
}

/** Null where nothing is left. */
export function withoutDoubles({ uidValidity, byDestination }: Doubles, destinations: UidSet): Doubles | null {
  const left = [...byDestination].filter(([destination]) => !destinations.has(destination));
  return left.length === 0 ? null : { uidValidity, byDestination: new Map(left) };
}

/** UIDs of the second copies. */
export function secondCopies({ byDestination }: Doubles): UidSet {
  return UidSet.from(byDestination.keys());
}

/** Characters of a set of UIDs in a text; the entry has all of them. */
const LONGEST_UIDS = 700;

/** For the error ledger: the same text for the same cause but for its numbers. */
export function doublesText(doubles: Doubles): string {
  const there = secondCopies(doubles);
  const here = UidSet.from(doubles.byDestination.values());
  return `messages that stand twice at the destination: ${there.size}, the second copies are UID ${shortened(there)} there, of source UID ${shortened(here)}`;
}

function shortened(uids: UidSet): string {
  const [text = ''] = uids.strings(LONGEST_UIDS);
  return text.length < uids.toString().length ? `${text} and more` : text;
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
