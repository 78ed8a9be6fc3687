import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';

const PARSED = new WeakMap<DecisionPart, UidSet>();

/** The UIDs of a part. Not to be changed: whoever asks again gets the same set. */
export function uidsOf(part: DecisionPart): UidSet {
  let uids = PARSED.get(part);
  if (uids === undefined) {
    uids = UidSet.parse(part.uids);
    PARSED.set(part, uids);
  }
  return uids;
}

/** Mailboxes in which a decision holds. */
export function mailboxesOf(scope: readonly DecisionPart[]): ReadonlySet<string> {
  return new Set(scope.map(({ mailbox }) => mailbox));
}

type Scope = readonly DecisionPart[];

/** The positions of each mailbox's parts in a scope. */
const PLACES = new WeakMap<Scope, ReadonlyMap<string, readonly number[]>>();
const NOWHERE: readonly number[] = [];

/**
 * The positions of one mailbox's parts in the scope of a decision, in order. Each folder of a night asks this of all
 * decisions, and one of them may be about thousands of other folders.
 */
export function placesOf({ scope }: Pick<Decision, 'scope'>, mailbox: string): readonly number[] {
  let places = PLACES.get(scope);
  if (places === undefined) {
    const found = new Map<string, number[]>();
    for (const [at, part] of scope.entries()) {
      const known = found.get(part.mailbox);
      if (known) known.push(at);
      else found.set(part.mailbox, [at]);
    }
    places = found;
    PLACES.set(scope, places);
  }
  return places.get(mailbox) ?? NOWHERE;
}

/** A decision in which some parts have another state now.  @param changed  by position */
export function withParts(decision: Decision, changed: ReadonlyMap<number, DecisionPart>): Decision {
  const scope = [...decision.scope];
  for (const [at, part] of changed) scope[at] = part;
  const places = PLACES.get(decision.scope);
  if (places) PLACES.set(scope, places);
  return { ...decision, scope };
}
