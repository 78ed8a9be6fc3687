import type { ErrorEntry } from '../../store/errors/error-entry.js';
import { type ErrorLedger, entryId, isNote, isOfNoMessage } from '../../store/errors/error-ledger.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { EntryFacts, Selection } from '../../words/decision.js';
import { parseFilter } from './filter.js';

/** The error ledger of one mailbox of the batch. */
export interface MailboxErrors {
  readonly id: string;
  readonly email: string;
  readonly errors: ErrorLedger;
  /** Operators gave it up: nothing of it is open any more. */
  readonly isGivenUp: boolean;
  /** Messages of a source folder that are still to be settled. */
  readonly leftIn: (folder: string) => number;
}

/** The selected part of one entry. */
export interface Selected {
  readonly mailbox: string;
  readonly email: string;
  readonly entry: ErrorEntry;
  /** UIDs of it that are meant; empty for a failure of no message. */
  readonly uids: UidSet;
}

/** Stands where a kind would, in the name of the group of second copies. */
const DOUBLES = 'doubles';

/**
 * The group of an entry. A note and a refusal may be of one kind and mean the opposite. The group of entries of a kind
 * without a code is smaller than the group of that kind.
 */
export function groupKey(
  entry: Pick<ErrorEntry, 'code' | 'verdict' | 'doubles'>,
  by: 'code' | 'kind' = 'code',
): string {
  const note = isNote(entry.verdict) ? 'noted ' : '';
  if (by === 'kind') return `${note}kind ${entry.verdict.kind}`;
  const { code, verdict, doubles } = entry;
  return `${note}${doubles ? `no code: ${DOUBLES}` : (code ?? `no code: ${verdict.kind}`)}`;
}

/** The response code, or the kind in brackets where there is none. Second copies have a group of their own: another order mends them. */
export function groupName({ code, verdict, doubles }: Pick<ErrorEntry, 'code' | 'verdict' | 'doubles'>): string {
  return doubles ? `(${DOUBLES})` : (code ?? `(${verdict.kind})`);
}

type IsChosen = (mailbox: Pick<MailboxErrors, 'id' | 'email'>, entry: ErrorEntry) => boolean;

/**
 * Tells which entries are chosen by the filter and by their names.
 *
 * @param entries  names; null: any
 * @throws BadInput  where the filter cannot be read
 */
export function chosenBy({ filter, entries }: Pick<Selection, 'filter' | 'entries'>): IsChosen {
  const matches = parseFilter(filter);
  const names = entries && new Set(entries);
  return ({ id, email }, entry) => matches(factsOf(email, entry)) && (names === null || names.has(namedIn(id, entry)));
}

function factsOf(mailbox: string, entry: ErrorEntry): EntryFacts {
  const { side, command, folder, code, verdict, sample } = entry;
  return { mailbox, side, command, folder, code, kind: verdict.kind, rule: verdict.rule, response: sample };
}

/**
 * Selects open failures from the ledgers. Groups are named by code or by kind, as they were shown.
 *
 * @param standing  `skipped`: of what operators left out instead
 * @throws BadInput  where the filter or the set of UIDs cannot be read
 */
export function select(
  ledgers: Iterable<MailboxErrors>,
  selection: Selection,
  standing: 'open' | 'skipped' = 'open',
): Selected[] {
  const isMeant = chosenBy(selection);
  const groups = selection.groups && new Set(selection.groups);
  const only = selection.uids === null ? null : UidSet.parse(selection.uids);
  const selected: Selected[] = [];
  for (const mailbox of ledgers) {
    const { id, email, errors, isGivenUp } = mailbox;
    // Its failures come back with it, and nothing is decided about them until then.
    if (isGivenUp) continue;
    for (const entry of errors.entries) {
      if (isNote(entry.verdict)) continue;
      if (groups && !groups.has(groupKey(entry)) && !groups.has(groupKey(entry, 'kind'))) continue;
      if (!isMeant(mailbox, entry)) continue;
      const all = standing === 'open' ? entry.uids : entry.skipped;
      const uids = only ? all.intersect(only) : all.clone();
      const itself = isOfNoMessage(entry) && entry.accepted === (standing === 'skipped');
      if (uids.isEmpty && (only || !itself)) continue;
      selected.push({ mailbox: id, email, entry, uids });
    }
  }
  return selected;
}

/** The name of an entry for consoles and scripts. */
export function namedIn(mailbox: string, entry: ErrorEntry): string {
  return `${mailbox}/${entryId(entry)}`;
}
