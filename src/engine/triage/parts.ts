import type { DecisionPart } from '../../store/decisions-document.js';
import { UidSet } from '../../store/uid-set.js';

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
