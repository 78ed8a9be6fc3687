import type { Treatment } from '../../words/decision.js';
import { UidSet } from '../uid/uid-set.js';
import type { UidLedgerDocument } from './uid-ledger-document.js';

/** Source UIDs of messages that are sent changed, by an operator's order. */
export type Treated = Readonly<Record<Exclude<Treatment, 'as-is'>, UidSet>>;

export const nothingTreated = (): Treated => ({
  'without-flags': new UidSet(),
  'without-deleted': new UidSet(),
  repaired: new UidSet(),
});

/**
 * How messages are treated once these are sent as `now` says. A message that may have been sent repaired once stays in
 * that set: a server may store it long after its connection dropped, and that copy must then be known as ours.
 *
 * @returns `before` where nothing changes
 */
export function treatedNow(before: Treated, uids: UidSet, now: Treated): Treated {
  const nowOf = (how: 'without-flags' | 'without-deleted') => before[how].minus(uids).union(now[how].intersect(uids));
  const treated: Treated = {
    'without-flags': nowOf('without-flags'),
    'without-deleted': nowOf('without-deleted'),
    repaired: before.repaired.union(now.repaired.intersect(uids)),
  };
  const same = (Object.keys(treated) as (keyof Treated)[]).every((how) => treated[how].equals(before[how]));
  return same ? before : treated;
}

/** All treated messages, however they are sent. */
export function allTreated(treated: Treated): UidSet {
  return treated['without-flags'].union(treated['without-deleted']).union(treated.repaired);
}

export function readTreated({ treated }: UidLedgerDocument): Treated {
  if (!treated) return nothingTreated();
  return {
    'without-flags': UidSet.parse(treated.withoutFlags),
    'without-deleted': UidSet.parse(treated.withoutDeleted),
    repaired: UidSet.parse(treated.repaired),
  };
}

/** The treatments for the document; empty, as in nearly every ledger, where there is nothing to write. */
export function writeTreated(treated: Treated): Pick<UidLedgerDocument, 'treated'> {
  if (allTreated(treated).isEmpty) return {};
  return {
    treated: {
      withoutFlags: treated['without-flags'].toString(),
      withoutDeleted: treated['without-deleted'].toString(),
      repaired: treated.repaired.toString(),
    },
  };
}
