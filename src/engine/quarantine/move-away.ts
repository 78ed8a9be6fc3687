import type { MovedAway } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { moveMessages, moveWayOf } from '../imap/commands/move-messages.js';
import { LONGEST_SET } from '../imap/commands/uid-windows.js';
import { Refused } from '../imap/session/refused.js';
import type { MailboxAtDestination } from './mailbox-at-destination.js';
import { type Pair, type Proof, prove } from './prove.js';
import type { FolderOfDoubles } from './selected.js';

/** The fate of the second copies of one folder. UIDs at the destination. */
export interface MoveAway {
  readonly moved: UidSet;
  /** Copies that are no second ones any more: gone, or the only copy by now. */
  readonly over: UidSet;
  /** Copies that stay, because they are not equal to the copy that the ledger names. */
  readonly differ: UidSet;
}

/** Told of each command that moves messages. Both promises resolve when that is on the disk. */
export interface MoveJournal {
  /** These messages are about to be moved. A process that dies now has moved all, some or none of them. */
  begins(moved: Omit<MovedAway, 'part'>): Promise<void>;
  /** Replaces what began last by what was moved. */
  moved(moved: Omit<MovedAway, 'part'>): Promise<void>;
}

/**
 * Moves second copies to another folder: those that are equal, at this moment, to a copy that stays.
 *
 * @param to  wire name of the other folder
 * @throws Refused, ConnectionLost
 */
export async function moveAway(
  mailbox: MailboxAtDestination,
  { record, source, destination, doubles }: FolderOfDoubles,
  to: string,
  journal: MoveJournal,
): Promise<MoveAway> {
  const { desk, session } = mailbox;
  const wire = mailbox.wireOf(destination);
  if (wire === null)
    throw new Refused('destination', 'SELECT', `there is no folder ${destination} any more`, destination);
  const { uidValidity } = await desk.reopen(wire);
  if (uidValidity !== doubles.uidValidity)
    throw new Refused(
      'destination',
      'SELECT',
      `UIDVALIDITY is ${uidValidity} and was ${doubles.uidValidity}: the folder was made anew`,
      destination,
    );
  const ledger = await record.ledger({ source, destination });
  const pairs = [...doubles.byDestination].map(
    ([second, from]): Pair => ({ source: from, second, kept: ledger.destinationOf(from) ?? null }),
  );
  const proofs = await prove(desk, wire, pairs);
  const equal = new Map(
    proofs.flatMap((proof) => (proof.kind === 'equal' ? [[proof.pair.second, proof] as const] : [])),
  );
  const moved = new UidSet();
  const way = moveWayOf(session);
  for (const set of UidSet.from(equal.keys()).strings(LONGEST_SET)) {
    const message = (from: number, there: number | null): MovedAway['messages'][number] => {
      const { pair, exact } = equal.get(from)!;
      return [pair.source, from, there, exact];
    };
    const about = { way, folder: destination, uidValidity } as const;
    const begun = [...UidSet.parse(set)].map((from) => message(from, null));
    await journal.begins({ ...about, toUidValidity: null, messages: begun });
    const { uids, toUidValidity } = await moveMessages(desk, way, wire, UidSet.parse(set), to);
    await journal.moved({ ...about, toUidValidity, messages: [...uids].map(([from, there]) => message(from, there)) });
    moved.addAll(UidSet.from(uids.keys()));
  }
  return { moved, over: seconds(proofs, 'gone', 'only copy'), differ: seconds(proofs, 'differs') };
}

function seconds(proofs: readonly Proof[], ...kinds: readonly Proof['kind'][]): UidSet {
  return UidSet.from(proofs.filter(({ kind }) => kinds.includes(kind)).map(({ pair }) => pair.second));
}
