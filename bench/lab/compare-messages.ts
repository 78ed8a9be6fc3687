import type { StoredMessage } from './account.js';
import type { Finding } from './compare.js';

type Found = Omit<Finding, 'folder'>;
type Alike = (source: StoredMessage, destination: StoredMessage) => boolean;

const sameDate: Alike = (a, b) => a.instant === b.instant;
const sameFlags: Alike = (a, b) => a.flags.join(' ') === b.flags.join(' ');

/** Of equal messages the best pairs first, so that one wrong date is one finding, not two. */
const BEST_FIRST: readonly Alike[] = [(a, b) => sameDate(a, b) && sameFlags(a, b), sameDate, sameFlags, () => true];

/** Compares the messages of one folder as multisets: first by their bytes, then by likeness. */
export function pairUp(
  source: readonly StoredMessage[],
  destination: readonly StoredMessage[],
): { found: Found[]; same: number } {
  const exact = matchBy('hash', source, destination);
  const altered = matchBy('likeness', exact.source, exact.destination);
  const known = new Set(source.map(({ likeness }) => likeness));
  const found = [
    ...exact.pairs.flatMap(([a, b]) => differences(a, b)),
    ...altered.pairs.flatMap(([a, b]): Found[] => [
      { what: 'altered', source: a, destination: b },
      ...differences(a, b),
    ]),
    ...altered.source.map((message): Found => ({ what: 'missing', source: message, destination: null })),
    ...altered.destination.map(
      (message): Found => ({
        what: known.has(message.likeness) ? 'duplicate' : 'extra',
        source: null,
        destination: message,
      }),
    ),
  ];
  return { found, same: exact.pairs.filter(([a, b]) => sameDate(a, b) && sameFlags(a, b)).length };
}

function differences(source: StoredMessage, destination: StoredMessage): Found[] {
  const found: Found[] = [];
  if (!sameFlags(source, destination)) found.push({ what: 'flags', source, destination });
  if (!sameDate(source, destination)) found.push({ what: 'date', source, destination });
  return found;
}

function matchBy(key: 'hash' | 'likeness', source: readonly StoredMessage[], destination: readonly StoredMessage[]) {
  const groups = new Map<string, StoredMessage[]>();
  for (const message of destination) groups.set(message[key], [...(groups.get(message[key]) ?? []), message]);
  const pairs: (readonly [StoredMessage, StoredMessage])[] = [];
  let left = [...source];
  for (const alike of BEST_FIRST) {
    left = left.filter((message) => {
      const group = groups.get(message[key]) ?? [];
      const at = group.findIndex((other) => alike(message, other));
      if (at < 0) return true;
      pairs.push(...group.splice(at, 1).map((other) => [message, other] as const));
      return false;
    });
  }
  return { pairs, source: left, destination: [...groups.values()].flat() };
}
