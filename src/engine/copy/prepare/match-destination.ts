import { UidSet } from '../../../store/uid/uid-set.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { Refused } from '../../imap/session/refused.js';
import { mayBeHidden, mayBeHiddenBefore, showsNone } from '../findings.js';
import type { CopyContext } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import type { Todo } from '../transfer/chunks.js';
import { failMessages } from '../transfer/fail-messages.js';
import { matchInBulk } from './bulk-match.js';
import type { Preparation } from './preparation.js';
import { matchUnknown, readTail, strangersAmong } from './settle-tail.js';
import { bytesOf, type TodoList, uidsOf } from './todo-list.js';

/** Where messages at the destination come from: from our own broken run, or from somebody else before us. */
type Origin = 'ours' | 'before us';

/** The folder as this run finds it. */
interface Now {
  readonly unsettled: TodoList;
  readonly origin: Origin;
  readonly wasBrokenOff: boolean;
}

/** A destination folder before anything is sent into it. */
export interface Found {
  /** Highest UID seen; 0: none. */
  readonly highest: number;
  /** Messages that the ledger did not know. */
  readonly strangers: number;
  /** Source UIDs that may stand there under a UID that nobody can read. They are not sent. */
  readonly heldBack: UidSet;
  /** `in part`: it counts messages that it does not show. */
  readonly shown: 'whole' | 'in part';
}

const NOTHING = { byIds: 0, there: [], highest: 0, unread: 0, hidden: new UidSet() } as const;

/** Finds out which of our messages are at the destination already, and settles them. */
export async function matchDestination(
  context: CopyContext,
  preparation: Preparation,
  destination: FolderStatus,
  now: Now,
): Promise<Found> {
  const { ledger, pair, progress } = preparation;
  const { unsettled, origin } = now;
  const folders = { source: pair.source.wire, destination: pair.destination.wire, name: pair.source.name };
  const before = ledger.settledSources().size;
  // After a broken run UIDNEXT proves nothing. If it was too high when the floor was taken from it, it does not move.
  const nothingTold =
    preparation.sentUnanswered.isEmpty &&
    ((destination.uidNext !== null && destination.uidNext <= ledger.floor && !now.wasBrokenOff) ||
      (destination.messages === 0 && origin === 'before us'));
  // A new folder is empty, and a folder in which a run ended in order holds only messages that the ledger has.
  const isDoubtful = now.wasBrokenOff || (origin === 'before us' && pair.create.length === 0);
  const mustBeSeen = isDoubtful && unsettled.length > 0;
  const nothingThere =
    nothingTold && (!mustBeSeen || (await holdsNothing(context, folders.destination, ledger.floor, now)));
  const { byIds, there, highest, unread, hidden } = nothingThere
    ? NOTHING
    : await look(context, preparation, origin, uidsOf(unsettled));
  let unknown = unread;
  if (there.length + byIds > 0) {
    const open = uidsOf(unsettled).minus(ledger.settledSources());
    const { repaired } = ledger.treated;
    const sought = { unsettled: open, unknown: ledger.unknown, repaired, origin } as const;
    const match = await matchUnknown(context, folders, there, sought);
    ledger.settle(
      match.pairs.map(([uid]) => uid),
      match.pairs.map(([, uid]) => uid),
    );
    const { leftOut } = context.connections.destination.read.readings.of(folders.destination, 'bodies');
    unknown += match.strangers.filter((uid) => leftOut.has(uid)).length;
    const ours = ledger.settledSources().size - before;
    const bytes = bytesOf(settledOf(unsettled, ledger));
    if (origin === 'ours') progress.stored(ours, bytes);
    else progress.matched(ours, bytes);
    report(context, pair, origin, { byIds, content: match.pairs.length, strangers: match.strangers.length });
  }
  return {
    highest: there.reduce((most, { uid }) => Math.max(most, uid), highest),
    strangers: there.length,
    heldBack: holdBack(context, preparation, { unread: unknown, hidden, highest }, now),
    shown: unknown > 0 ? 'in part' : 'whole',
  };
}

/**
 * Opens a folder that STATUS calls empty, because some servers answer STATUS from counters that are out of date. A full
 * folder that is taken for an empty one would be filled a second time. It costs one round trip.
 */
async function holdsNothing(
  { connections: { destination } }: CopyContext,
  folder: string,
  floor: number,
  { wasBrokenOff }: Now,
): Promise<boolean> {
  try {
    const early = wasBrokenOff ? undefined : destination.early.take(folder);
    const { messages, uidNext } = await (early ?? destination.read.reopen(folder));
    return !messages || (floor > 1 && uidNext !== null && uidNext <= floor);
  } catch (error) {
    // A folder that cannot be opened may still take an APPEND.
    if (error instanceof Refused) return true;
    throw error;
  }
}

/**
 * Reads messages that may be ours. Where the folder was full before us, Message-ID, size and date are compared first,
 * and bodies only where these tie.
 */
async function look(
  context: CopyContext,
  { ledger, pair, notOurs, mayBeThere, sentUnanswered }: Preparation,
  origin: Origin,
  unsettled: UidSet,
) {
  const folders = { source: pair.source.wire, destination: pair.destination.wire, name: pair.source.name };
  if (origin === 'ours') {
    // A message that was not found before may be anywhere in the folder, and EXISTS counts the whole folder only.
    const from = mayBeThere.isEmpty && sentUnanswered.isEmpty ? ledger.floor : 1;
    const { strangers: there, unread } = await readTail(context, folders, from, ledger, notOurs);
    return { byIds: 0, there, highest: 0, unread, hidden: new UidSet() };
  }
  const {
    matched: byIds,
    left,
    highest,
    unread,
    hidden,
  } = await matchInBulk(context, folders, ledger, ledger.floor, notOurs, unsettled.minus(mayBeThere));
  const there = await strangersAmong(context.connections.destination.read, folders.destination, left);
  return { byIds, there, highest, unread, hidden };
}

/**
 * Holds messages back that may be among the unreadable ones at the destination, because sending them again would
 * double them. A message may be there if the destination answered OK to it, or if it was under way when a run was
 * broken off. If an unreadable message was there before us, it may be any message.
 */
function holdBack(
  context: CopyContext,
  preparation: Preparation,
  { unread, hidden, highest }: { readonly unread: number; readonly hidden: UidSet; readonly highest: number },
  { unsettled, origin, wasBrokenOff }: Now,
): UidSet {
  const { ledger, pair, sentUnanswered } = preparation;
  const mayBeThere = preparation.mayBeThere.union(sentUnanswered);
  const settled = ledger.settledSources();
  const expected = mayBeThere.minus(settled);
  // The destination counts messages that an earlier run may have stored, and shows none of them: whatever was there
  // before us may be ours.
  const isBlind = origin === 'before us' && unread > 0 && highest === 0;
  const mayBeAny = hidden.size > expected.size || isBlind || (wasBrokenOff && unread > 0);
  const others = mayBeAny ? uidsOf(unsettled).minus(mayBeThere).minus(settled) : new UidSet();
  const heldBack = unread > 0 ? expected.union(others) : others;
  if (heldBack.isEmpty) {
    // A message that the destination does not show may be ours all the same. The next run looks again, and says so again.
    if (unread > 0) ledger.dropFloor();
    else ledger.matchedAll();
    return heldBack;
  }
  ledger.dropFloor();
  const told = `the destination holds ${unread} messages in this folder that it does not show`;
  context.log('warn', pair.source.name, `UID ${heldBack} may be there and is not sent again: ${told}`);
  // Messages that an earlier run may have stored are entered already.
  const isBefore = isBlind && !wasBrokenOff;
  const finding = !hidden.isEmpty ? mayBeHiddenBefore(hidden) : isBefore ? showsNone(unread) : mayBeHidden(unread);
  failMessages(context, { ...preparation, todo: unsettled }, others, {
    side: 'destination',
    command: 'UID FETCH',
    ...finding,
  });
  return heldBack;
}

function report(
  context: CopyContext,
  pair: FolderPair,
  origin: Origin,
  found: { readonly byIds: number; readonly content: number; readonly strangers: number },
): void {
  const ours = found.byIds + found.content;
  const how =
    found.byIds > 0 ? `, ${found.byIds} by Message-ID, size and date, ${found.content} by content` : ' by content';
  const what = origin === 'ours' ? 'of unknown origin since the last checkpoint' : 'there before';
  context.log(
    'info',
    pair.destination.name,
    `${ours + found.strangers} messages ${what}: ${ours} are ours${ours > 0 ? how : ''}, ${found.strangers} are not and stay as they are`,
  );
}

function* settledOf(messages: Iterable<Todo>, ledger: Preparation['ledger']): Iterable<Todo> {
  for (const message of messages) if (ledger.isSettled(message.uid)) yield message;
}
