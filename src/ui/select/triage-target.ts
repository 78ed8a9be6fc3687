import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import { amountText } from '../../words/amount.js';
import type { Selection } from '../../words/decision.js';
import type { Side } from '../../words/side.js';
import { plural } from '../../words/units.js';
import { groupName } from './errors.js';

/** The target of the next order: marked rows, else the row of the cursor. */
export interface TriageTarget {
  readonly selection: Selection;
  /** How a dialog calls it: `this group`, `3 marked groups`, `all 7 groups shown`. */
  readonly called: string;
  /** How much that is, as it is listed: `OVERQUOTA: 131 messages in 2 mailboxes`. */
  readonly says: string;
  /** Null: both, or none. */
  readonly side: Side | null;
  /** A correction takes its response as the example of "like this". */
  readonly sample: ErrorEntryEntity | null;
}

/** A list that is acted on. */
export interface Chosen<T> {
  /** As they are shown. */
  readonly rows: readonly T[];
  readonly marked: readonly T[];
  readonly current: T | null;
  /** Their filter, as the engine took it. */
  readonly filter: string;
}

/** The filter of one mailbox's errors. A quote in an address would end it: any character stands for it. */
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

/** One message of an entry; null: the entry, which names none. */
export function uidTarget(entry: ErrorEntryEntity, uid: number | null): TriageTarget {
  const selection = { filter: '', groups: null, entries: [entry.id], uids: uid === null ? null : String(uid) };
  const called = uid === null ? 'this failure' : `UID ${uid}`;
  return { selection, called, says: `${placeOf(entry)}: ${called}`, side: entry.side, sample: entry };
}

/** Marks on all that is shown mean all that there is: more than is shown, where that is too much for a list. */
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
