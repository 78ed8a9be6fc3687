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
  /** Its UIDs that are selected; empty for a failure of no message. */
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

/** An entry that is asked for, with its messages that are asked for. */
export interface Chosen {
  readonly mailbox: MailboxErrors;
  readonly entry: ErrorEntry;
  /** Messages that failed and are open, and messages that operators left out. Both may be the entry's own sets. */
  readonly failed: UidSet;
  readonly skipped: UidSet;
  /** Whether only some messages are asked for: none of them may be of this entry. */
  readonly isNarrowed: boolean;
}

/**
 * Finds the entries that filter, names and groups choose, notes included.
 *
 * @param selection  null in `entries`, `groups` or `uids` lets any pass. Groups are named by code or by kind, as they were shown
 * @throws BadInput  where the filter or the set of UIDs cannot be read
 */
export function chosenIn(
  ledgers: Iterable<MailboxErrors>,
  { filter, entries, groups, uids }: Selection,
): readonly Chosen[] {
  const matches = parseFilter(filter);
  const names = entries && new Set(entries);
  const keys = groups && new Set(groups);
  const only = uids === null ? null : UidSet.parse(uids);
  const narrowed = (all: UidSet) => (only ? all.intersect(only) : all);
  const chosen: Chosen[] = [];
  for (const mailbox of ledgers) {
    for (const entry of mailbox.errors.entries) {
      if (keys && !keys.has(groupKey(entry)) && !keys.has(groupKey(entry, 'kind'))) continue;
      if (names && !names.has(namedIn(mailbox.id, entry))) continue;
      if (!matches(factsOf(mailbox.email, entry))) continue;
      const [failed, skipped] = [narrowed(entry.uids), narrowed(entry.skipped)];
      chosen.push({ mailbox, entry, failed, skipped, isNarrowed: only !== null });
    }
  }
  return chosen;
}

function factsOf(mailbox: string, entry: ErrorEntry): EntryFacts {
  const { side, command, folder, code, verdict, sample } = entry;
  return { mailbox, side, command, folder, code, kind: verdict.kind, rule: verdict.rule, response: sample };
}

/**
 * Selects open failures from the ledgers. Notes are none, and a mailbox that was given up has none: its failures come
 * back with it, and nothing is decided about them until then.
 *
 * @param standing  `skipped`: of what operators left out instead
 * @throws BadInput  where the filter or the set of UIDs cannot be read
 */
export function select(
  ledgers: Iterable<MailboxErrors>,
  selection: Selection,
  standing: 'open' | 'skipped' = 'open',
): Selected[] {
  return chosenIn(ledgers, selection).flatMap(({ mailbox, entry, failed, skipped, isNarrowed }) => {
    if (mailbox.isGivenUp || isNote(entry.verdict)) return [];
    const uids = standing === 'open' ? failed : skipped;
    const isMeantItself = !isNarrowed && isOfNoMessage(entry) && entry.accepted === (standing === 'skipped');
    if (uids.isEmpty && !isMeantItself) return [];
    return [{ mailbox: mailbox.id, email: mailbox.email, entry, uids: uids.clone() }];
  });
}

/** The name of an entry for consoles and scripts. */
export function namedIn(mailbox: string, entry: ErrorEntry): string {
  return `${mailbox}/${entryId(entry)}`;
}
