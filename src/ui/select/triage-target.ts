import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import { amountText } from '../../words/amount.js';
import type { Selection } from '../../words/decision.js';
import type { Side } from '../../words/side.js';
import { plural } from '../../words/units.js';
import { groupName } from './errors.js';

/** The target of the next order: marked rows, else the row of the cursor. */
export interface TriageTarget {
  readonly selection: Selection;
  /** The name in dialogs: `this group`, `3 marked groups`, `all 7 groups shown`. */
  readonly called: string;
  /** The amount: `OVERQUOTA: 131 messages in 2 mailboxes`. */
  readonly says: string;
  /** Null: both, or none. */
  readonly side: Side | null;
  /** The example of "responses like this" for a correction. */
  readonly sample: ErrorEntryEntity | null;
}

/** A list, and the rows of it that were chosen. */
export interface Chosen<T> {
  /** The rows, as they are shown. */
  readonly rows: readonly T[];
  readonly marked: readonly T[];
  readonly current: T | null;
  /** The filter of the rows, as the engine took it. */
  readonly filter: string;
}

/**
 * The filter for the errors of one mailbox. A quote in an address would end the word, so any character is allowed in
 * its place.
 */
export function scopedFilter(email: string | undefined, typed: string): string {
  if (email === undefined) return typed.trim();
  return `mailbox:"${email.replaceAll('"', '*')}" ${typed}`.trim();
}

export function groupsTarget(chosen: Chosen<ErrorGroupEntity>): TriageTarget | null {
  return targetOf(chosen, 'group', (groups) => {
    const targets = groups ?? chosen.rows;
    const [first] = targets;
    const amount = amountText(
      sum(targets.map(({ messages }) => messages)),
      sum(targets.map(({ failures }) => failures)),
    );
    return {
      selection: { groups: groups?.map(({ key }) => key) ?? null, entries: null },
      sample: first?.entries[0] ?? null,
      says:
        first && targets.length === 1
          ? `${groupName(first)}: ${amount} in ${plural(first.mailboxes, 'mailbox', 'mailboxes')}`
          : `${plural(targets.length, 'group')}, ${amount}`,
    };
  });
}

/** Entries of one group. @param size  how many there are; fewer may be shown */
export function entriesTarget(chosen: Chosen<ErrorEntryEntity>, group: string, size: number): TriageTarget | null {
  return targetOf(
    chosen,
    'entry',
    (entries) => {
      const targets = entries ?? chosen.rows;
      const [first] = targets;

      return {
        selection: { groups: [group], entries: entries?.map(({ id }) => id) ?? null },
        sample: first ?? null,
        says:
          first && targets.length === 1
            ? `${placeOf(first)}: ${amountText(first.count, first.count > 0 ? 0 : 1)}`
            : `${plural(entries?.length ?? size, 'entry', 'entries')}`,
      };
    },
    size,
  );
}

/** The target of one message of an entry; null: the entry names none, and is the target itself. */
export function uidTarget(entry: ErrorEntryEntity, uid: number | null): TriageTarget {
  const selection = { filter: '', groups: null, entries: [entry.id], uids: uid === null ? null : String(uid) };
  const called = uid === null ? 'this failure' : `UID ${uid}`;
  return { selection, called, says: `${placeOf(entry)}: ${called}`, side: entry.side, sample: entry };
}

/** A target of marked rows. Marks on all rows mean all that there is, even if that is more than a list can show. */
function targetOf<T extends { readonly side: Side | null }>(
  { rows, marked, current, filter }: Chosen<T>,
  what: 'group' | 'entry',
  pick: (
    rows: readonly T[] | null,
  ) => Pick<TriageTarget, 'sample' | 'says'> & { selection: Pick<Selection, 'groups' | 'entries'> },
  size = rows.length,
): TriageTarget | null {
  const many = what === 'group' ? 'groups' : 'entries';
  const of = (targets: readonly T[], all: 'all' | 'these', called: string): TriageTarget => {
    const { selection, sample, says } = pick(all === 'all' ? null : targets);
    return { selection: { filter, uids: null, ...selection }, called, says, side: commonSide(targets), sample };
  };
  if (marked.length === 0) return current ? of([current], 'these', `this ${what}`) : null;
  if (marked.length === rows.length && rows.length > 1)
    return of(rows, 'all', `all ${size} ${many}${filter === '' ? '' : ' that the filter shows'}`);
  return of(marked, 'these', marked.length === 1 ? `1 marked ${what}` : `${marked.length} marked ${many}`);
}

function commonSide(rows: readonly { readonly side: Side | null }[]): Side | null {
  const sides = new Set(rows.map(({ side }) => side));
  return sides.size === 1 ? (rows[0]?.side ?? null) : null;
}

function placeOf({ mailbox, folder }: ErrorEntryEntity): string {
  return folder === null ? mailbox : `${mailbox}, ${folder}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}
