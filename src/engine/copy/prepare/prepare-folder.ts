import { nothingTreated } from '../../../store/ledger/treated.js';
import type { Beginning } from '../../../store/ledger/uid-ledger-identity.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { tooBig } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { completeList } from '../scan/complete-list.js';
import { startScan } from '../scan/scan-source.js';
import { failMessages } from '../transfer/fail-messages.js';
import { ceiling } from './append-limit.js';
import { leaveOutByDate } from './left-out-by-date.js';
import { matchDestination } from './match-destination.js';
import type { Preparation } from './preparation.js';
import { bytesOf, TodoList, uidsOf } from './todo-list.js';
import { unverified } from './unverified.js';

/** A new UIDVALIDITY at each call, for folders whose UIDs do not last (RFC 4315, UIDNOTSTICKY): it voids the pairs. */
const notSticky = (context: CopyContext) => String(context.clock.now());

/**
 * Lists a folder at the source, finds out which of its messages are settled, and puts the floor on disk. Then the first
 * APPEND may be sent. Both sides are asked at the same time.
 *
 * @returns null where the destination's folder cannot be created or opened; that is entered already
 */
export async function prepareFolder(context: CopyContext, preparation: Preparation): Promise<FolderJob | null> {
  const { pair, ledger, progress, elsewhere, notOurs, suspects, careful } = preparation;
  const desk = context.connections.source.scan;
  const settled = ledger.settledSources().union(elsewhere.uids);
  const { inbox } = context.connections.source;
  let scan =
    inbox && settled.isEmpty && pair.source.wire === 'INBOX'
      ? inbox
      : startScan(desk, pair.source.wire, settled, context.sending);
  const destination = await preparation.made;
  if (!destination) {
    progress.refused((await scan.opened).messages ?? 0);
    return null;
  }
  const wasBrokenOff = ledger.writing;
  const opened = await scan.opened;
  const sourceUidValidity = opened.uidValidity ?? notSticky(context);
  const beginning = begin(context, preparation, sourceUidValidity, destination);
  if (opened.uidValidity !== null) progress.opened(opened.uidValidity);
  const ordered = opened.uidValidity !== null ? ordersUnder(beginning, preparation) : preparation;
  // The floor rises only when the mail that was there before us has been matched. If a connection dropped during the
  // match, nothing of ours was sent, and no body need be read on both sides.
  const matchedOnce = beginning.kind === 'known' && (ledger.floor > 1 || ledger.writing);
  const origin = matchedOnce ? 'ours' : 'before us';
  // UIDVALIDITY changed: nothing is settled any more, and the list was made for the old UIDs.
  if (beginning.kind === 'voided')
    scan = startScan(desk, pair.source.wire, ledger.settledSources().union(elsewhere.uids), context.sending);
  const whole = await completeList(context, preparation, opened, await scan.unsettled);
  const { listed, notSeen, outside } = whole;
  leaveOutByDate(ledger, outside, context.sending);
  const unsettled = outside.isEmpty ? whole.todo : whole.todo.where((uid) => !ledger.isSettled(uid));
  tellFound(preparation, unsettled, notSeen);

  const found = await matchDestination(context, ordered, destination, { unsettled, origin, wasBrokenOff });
  const { todo, treatments } = settleWhatWasFound(context, ordered, destination, { unsettled, origin, found });
  const sent = await unverified(context, pair.source.wire, ledger, todo);
  const tailWasRead =
    !suspects.on('destination').isEmpty || ledger.writing || (origin === 'ours' && found.strangers > 0);
  // A message that may be under way in this folder is not sent with another one, even if its labels change meanwhile.
  if (elsewhere.kind === 'labels') ledger.sending = uidsOf(todo).union(found.heldBack);
  // The floor is on disk before the first APPEND.
  if (todo.length > 0) {
    ledger.writing = true;
    await ledger.checkpoint();
  }
  return {
    ...{ pair, ledger, progress, elsewhere, notOurs, suspects, careful, todo, listed, notSeen, sent, treatments },
    ...{ heldBack: found.heldBack, shown: found.shown, lastShown: preparation.lastShown, tailWasRead },
    tailEnd: wasBrokenOff ? { uidNext: destination.uidNext, messages: destination.messages } : null,
    destinationUidValidity: destination.uidValidity,
    before: destination.messages,
    opened: {
      uidNext: opened.uidNext,
      uidValidity: sourceUidValidity,
      messages: opened.messages,
      highestModseq: opened.highestModseq,
    },
  };
}

/** Counts the messages of the folder. Messages that another folder brings are not in its total. */
function tellFound({ ledger, elsewhere, progress }: Preparation, unsettled: TodoList, notSeen: number): void {
  const settledHere = ledger.settledSources().minus(ledger.carried);
  const before = settledHere.size;
  const carried = ledger.carried.union(elsewhere.uids).minus(settledHere).size;
  progress.found(before + unsettled.length + notSeen, bytesOf(unsettled), before, carried);
}

/** Decisions and failures under a former UIDVALIDITY are about other messages. */
function ordersUnder(beginning: Beginning, preparation: Preparation): Preparation {
  const isAnew = beginning.kind === 'voided' && beginning.sides.includes('source');
  return isAnew ? { ...preparation, notAgain: new UidSet(), treatments: undefined } : preparation;
}

interface Matched {
  readonly unsettled: TodoList;
  /** Where the messages below the floor come from. */
  readonly origin: 'ours' | 'before us';
  readonly found: Awaited<ReturnType<typeof matchDestination>>;
}

/** Enters into the ledger where the tail begins and how messages are sent. @returns what is left to copy */
function settleWhatWasFound(
  context: CopyContext,
  ordered: Preparation,
  destination: FolderStatus,
  { unsettled, origin, found }: Matched,
) {
  const { ledger } = ordered;
  const sendable = { ...ordered, notAgain: ordered.notAgain.union(found.heldBack) };
  const todo = leftToCopy(context, sendable, destination, unsettled);
  const treatments = ordered.treatments ?? nothingTreated();
  ledger.treat(uidsOf(todo), treatments);
  ledger.raiseFloor(Math.max(destination.uidNext ?? 1, found.highest + 1));
  if (origin === 'before us') ledger.verified(ledger.floor);
  return { todo, treatments };
}

function begin(
  context: CopyContext,
  { ledger, pair }: Preparation,
  sourceUidValidity: string,
  status: FolderStatus,
): Beginning {
  const before = ledger.identity.destination.uidValidity;
  const beginning = ledger.begin({
    sourceUidValidity,
    destinationUidValidity: status.uidValidity ?? notSticky(context),
    floor: 1,
  });
  if (beginning.kind === 'voided') {
    const { source, destination } = context.connections;
    if (beginning.sides.includes('destination'))
      for (const one of [before, status.uidValidity]) destination.read.uidValidities.see(pair.destination.wire, one);
    const lasting = { source: source.scan.uidValidities.lasting, destination: destination.read.uidValidities.lasting };
    context.log(
      beginning.sides.some((side) => lasting[side]) ? 'warn' : 'debug',
      pair.source.name,
      `UIDVALIDITY changed at the ${beginning.sides.join(' and the ')}: what is at the destination is matched afresh, only what is missing is copied`,
    );
  }
  return beginning;
}

/** The unsettled messages that are left to copy; those that are too big are entered and left out. */
function leftToCopy(
  context: CopyContext,
  preparation: Preparation,
  destination: FolderStatus,
  unsettled: TodoList,
): TodoList {
  const { ledger, notAgain } = preparation;
  const limit = ceiling(preparation.appendLimit(destination), context.maxSize);
  const todo = new TodoList();
  const big = new UidSet();
  for (const message of unsettled) {
    if (notAgain.has(message.uid) || ledger.isSettled(message.uid)) continue;
    if (limit && message.size > limit.bytes) big.add(message.uid);
    else todo.push(message.uid, message.size);
  }
  if (limit && !big.isEmpty) {
    const finding = tooBig(limit.bytes, limit.whose);
    failMessages(context, { ...preparation, todo: unsettled }, big, {
      side: 'destination',
      command: 'APPEND',
      ...finding,
    });
  }
  return todo;
}
