import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import type { ErrorEntry } from '../../store/errors/error-entry.js';
import { isNote, isOfNoMessage } from '../../store/errors/error-ledger.js';
import { secondCopies } from '../../store/ledger/doubles.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Selection } from '../../words/decision.js';
import { type Chosen, chosenIn, groupKey, type MailboxErrors, namedIn } from '../decisions/selection.js';
import { concerned } from '../mailbox/main-cause.js';
import { sanitise } from '../responses/sanitise.js';

/** How much of it is told: entries of a group and of all, own responses of an entry, characters of a set of UIDs. */
export interface Limits {
  readonly entries: number;
  readonly inAll: number;
  readonly own: number;
  readonly uids: number;
}

/** Limits of what an engine sends. */
const SENT: Limits = { entries: 500, inAll: 2_500, own: 100, uids: 2000 };
/** No limits, for callers that read the ledgers themselves. */
export const WHOLE: Limits = {
  entries: Number.POSITIVE_INFINITY,
  inAll: Number.POSITIVE_INFINITY,
  own: Number.POSITIVE_INFINITY,
  uids: Number.POSITIVE_INFINITY,
};

const HALF_HOUR = 30 * 60_000;
/** Columns of a trend. */
const LONGEST_TREND = 48;

export interface Grouping extends Partial<Pick<Selection, 'entries' | 'uids'>> {
  /** The filter, as in a selection; '': everything. */
  readonly filter: string;
  readonly by: 'code' | 'kind';
}

interface Member {
  readonly id: string;
  readonly email: string;
  readonly entry: ErrorEntry;
  /** Open UIDs of the entry, as far as they are asked for. */
  readonly open: UidSet;
  readonly skipped: UidSet;
  /** Whether it is a failure of no message that an operator accepted, by itself or with its mailbox. */
  readonly accepted: boolean;
  /** Messages that it keeps from being copied. */
  readonly affected: number;
}

/**
 * The failures of several mailboxes by response code, or by kind where there is none; what is open first, then
 * what was skipped, then notes; most messages first, then most failures of no message, then by name.
 *
 * @throws BadInput  where the filter or the set of UIDs cannot be read
 */
export function groupErrors(
  ledgers: Iterable<MailboxErrors>,
  { filter, by, entries = null, uids = null }: Grouping = { filter: '', by: 'code' },
  limits: Limits = SENT,
): ErrorGroupEntity[] {
  const groups = new Map<string, Member[]>();
  for (const chosen of chosenIn(ledgers, { filter, entries, uids, groups: null })) {
    const member = memberOf(chosen);
    if (member === null) continue;
    const key = groupKey(chosen.entry, by);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  const told = { ...limits, entries: Math.min(limits.entries, Math.ceil(limits.inAll / groups.size)) };
  return [...groups].map(([key, members]) => groupOf(key, members, told)).sort(inOrder);
}

/** An entry as a member of its group; null: it has none of the UIDs that are asked for. */
function memberOf({ mailbox, entry, failed, skipped: leftOut, isNarrowed }: Chosen): Member | null {
  const { id, email, isGivenUp, leftIn } = mailbox;
  // All that failed in a mailbox that was given up counts as skipped, because nobody has to decide about it.
  const open = isGivenUp ? new UidSet() : failed;
  const skipped = isGivenUp ? leftOut.union(failed) : leftOut;
  if (isNarrowed && open.isEmpty && skipped.isEmpty) return null;
  const accepted = entry.accepted || isGivenUp;
  return { id, email, entry, open, skipped, accepted, affected: accepted ? 0 : concerned(entry, leftIn) };
}

/** The order of groups. It depends on nothing that a failed attempt changes, so that a row stays under the cursor. */
function inOrder(a: ErrorGroupEntity, b: ErrorGroupEntity): number {
  return (
    ORDER[a.standing] - ORDER[b.standing] ||
    weightOf(b) - weightOf(a) ||
    b.failures - a.failures ||
    (a.key < b.key ? -1 : 1)
  );
}

const ORDER = { open: 0, skipped: 1, settled: 2 } as const;

const weightOf = ({ standing, messages, skipped }: ErrorGroupEntity) => (standing === 'skipped' ? skipped : messages);

function groupOf(key: string, members: readonly Member[], limits: Limits): ErrorGroupEntity {
  // Of as many messages: in the order of the plan.
  const sorted = members.toSorted((a, b) => b.open.size - a.open.size);
  const [{ entry: first }] = sorted as [Member, ...Member[]];
  const sides = new Set(members.map(({ entry }) => entry.side));
  const ofNoMessage = members.filter(({ entry }) => isOfNoMessage(entry));
  const accepted = ofNoMessage.filter(({ accepted }) => accepted).length;
  const open = ofNoMessage.length - accepted;
  const messages = members.reduce((sum, { open }) => sum + open.size, 0);
  const lastAt = members.reduce((most, { entry }) => Math.max(most, entry.lastAt), 0);
  const standing = isNote(first.verdict) ? 'settled' : messages + open > 0 ? 'open' : 'skipped';
  return {
    key,
    code: first.code,
    kind: first.verdict.kind,
    standing,
    side: sides.size === 1 ? first.side : null,
    messages,
    affected: affectedBy(members),
    failures: standing === 'skipped' ? accepted : open,
    skipped: members.reduce((sum, { skipped }) => sum + skipped.size, 0),
    doubled: members.reduce(
      (sum, { entry, accepted }) => sum + (accepted && standing === 'open' ? 0 : doubledIn(entry)),
      0,
    ),
    mailboxes: new Set(members.map(({ email }) => email)).size,
    ...trendOf(members, lastAt),
    firstAt: members.reduce((least, { entry }) => Math.min(least, entry.firstAt), Number.POSITIVE_INFINITY),
    lastAt,
    size: sorted.length,
    entries: sorted.slice(0, limits.entries).map((member) => entityOf(member, limits)),
  };
}

/** Each message once: several failures may keep the same folder from being copied. */
function affectedBy(members: readonly Member[]): number {
  const folders = new Set<string>();
  let messages = 0;
  for (const { id, entry, affected } of members) {
    if (entry.doubles) continue;
    if (isOfNoMessage(entry)) {
      const folder = JSON.stringify([id, entry.folder]);
      if (folders.has(folder)) continue;
      folders.add(folder);
    }
    messages += affected;
  }
  return messages;
}

/** How often it happened, up to the half hour in which it did last. */
function trendOf(members: readonly Member[], lastAt: number): Pick<ErrorGroupEntity, 'trend' | 'trendFrom'> {
  const times = new Map<number, number>();
  for (const { entry } of members) for (const [at, count] of entry.when) times.set(at, (times.get(at) ?? 0) + count);
  const last = Math.floor(lastAt / HALF_HOUR);
  const from = Math.max(last - LONGEST_TREND + 1, Math.min(last, ...times.keys()));
  const trend = Array.from({ length: last - from + 1 }, (_, i) => times.get(from + i) ?? 0);
  return { trend, trendFrom: from * HALF_HOUR };
}

function doubledIn({ doubles }: ErrorEntry): number {
  return doubles?.byDestination.size ?? 0;
}

function entityOf({ id, email, entry, open, skipped, accepted, affected }: Member, limits: Limits): ErrorEntryEntity {
  const { side, command, folder, attempts, times, firstAt, lastAt, sample, verdict, own } = entry;
  const shown = open.isEmpty ? skipped : open;
  return {
    id: namedIn(id, entry),
    mailbox: email,
    side,
    command,
    folder: folder === null ? null : sanitise(folder),
    uids: shown.strings(limits.uids)[0] ?? '',
    destinationUids: (entry.doubles && secondCopies(entry.doubles).strings(limits.uids)[0]) ?? '',
    doubled: doubledIn(entry),
    count: open.size,
    affected: entry.doubles ? 0 : affected,
    skipped: skipped.size,
    accepted,
    attempts: Math.max(0, ...attempts.keys()),
    times,
    firstAt,
    lastAt,
    response: sample,
    verdict,
    own: [...own].slice(0, limits.own).map(([uid, response]) => ({ uid, response })),
  };
}
