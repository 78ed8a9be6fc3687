import type { Decision, MovedAway } from '../../store/decisions/decisions-document.js';
import { doublesFrom } from '../../store/ledger/doubles.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { standTwice } from '../copy/findings.js';
import { fingerprint } from '../copy/message/fingerprint.js';
import { readWhole } from '../copy/transfer/read-whole.js';
import { moveMessages, moveWayOf, unmarkDeleted } from '../imap/commands/move-messages.js';
import { scanMessages, stillThere } from '../imap/commands/scan.js';
import { addFlags } from '../imap/commands/store-flags.js';
import { LONGEST_SET } from '../imap/commands/uid-windows.js';
import { Refused } from '../imap/session/refused.js';
import { Inquiry } from '../isolate/inquiry.js';
import { classify } from '../responses/classify.js';
import type { MailboxAtDestination } from './mailbox-at-destination.js';

type Message = MovedAway['messages'][number];

/** The result of bringing back the messages that one command moved. */
export interface BroughtBack {
  /** UIDs at the source of messages that stand twice again. */
  readonly back: UidSet;
  /** Somebody removed these from the other folder: UIDs at the source. */
  readonly notFound: UidSet;
}

/** Second copies at home, and UIDVALIDITY of that folder. */
interface StandsAgain {
  readonly pairs: readonly (readonly [source: number, destination: number])[];
  readonly uidValidity: string | null;
}

/**
 * Moves second copies back to where they stood: by the UIDs that COPYUID told, else by their content. One that a
 * broken order never moved, or brought back already, is found where it stands.
 *
 * @param to     wire name of the folder that they were moved to
 * @param known  UIDs at home that the ledger names: first copies
 * @throws Refused, ConnectionLost
 */
export async function bringBack(
  mailbox: MailboxAtDestination,
  moved: MovedAway,
  to: string,
  known: UidSet,
): Promise<BroughtBack & StandsAgain> {
  const { desk, session } = mailbox;
  const { folder, way, messages } = moved;
  const home = mailbox.wireOf(folder);
  if (home === null) throw new Refused('destination', 'SELECT', `there is no folder ${folder} any more`, folder);
  const atHome = await neverLeft(mailbox, home, moved);
  const left = [...atHome.keys()];
  const open = messages.filter((message) => !atHome.has(message));
  const toUidValidity = (await desk.reopen(to)).uidValidity;
  const isTold = toUidValidity !== null && toUidValidity === moved.toUidValidity;
  const places = await whereabouts(mailbox, to, way === 'COPY' ? messages : open, isTold);
  const bySecond = new Map(
    open.flatMap((message) => (places.has(message) ? [[places.get(message)!, message] as const] : [])),
  );
  const { uidValidity, uidNext } = await desk.reopen(home);
  for (const set of UidSet.from(bySecond.keys()).strings(LONGEST_SET)) {
    const { uids } = await moveMessages(desk, moveWayOf(session), to, UidSet.parse(set), home);
    const arrived = [...uids].map(([from, there]) => [bySecond.get(from)!, there] as const);
    const untold = arrived.filter(([, there]) => there === null).map(([message]) => message);
    const found = await byContent(mailbox, home, untold, { from: uidNext ?? 1, known });
    for (const [message, there] of arrived) {
      const uid = there ?? found.get(message);
      if (uid !== undefined) atHome.set(message, uid);
    }
  }
  const lost = open.filter((message) => !places.has(message));
  const others = known.union(UidSet.from(atHome.values()));
  for (const [message, uid] of await byContent(mailbox, home, lost, { from: 1, known: others }))
    atHome.set(message, uid);
  // A message that never left has a copy in the other folder all the same: mark that copy, as the way without MOVE does.
  const copies = UidSet.from(left.flatMap((message) => places.get(message) ?? []));
  for (const set of copies.strings(LONGEST_SET)) await addFlags(desk, to, set, ['\\Deleted']);
  const pairs = [...atHome].map(([[source], uid]) => [source, uid] as const);
  const notFound = UidSet.from(messages.filter((message) => !atHome.has(message)).map(([source]) => source));
  return { back: UidSet.from(pairs.map(([source]) => source)), notFound, pairs, uidValidity };
}

/** Messages that still stand where they stood; the mark of a copy's original is taken off. @returns their UIDs */
async function neverLeft(
  { desk }: MailboxAtDestination,
  home: string,
  { way, messages, uidValidity: before }: MovedAway,
): Promise<Map<Message, number>> {
  const { uidValidity } = await desk.reopen(home);
  if (uidValidity !== before || messages.length === 0) return new Map();
  const there = await stillThere(desk, home, UidSet.from(messages.map(([, from]) => from)).toString());
  if (way === 'COPY') for (const set of there.strings(LONGEST_SET)) await unmarkDeleted(desk, home, UidSet.parse(set));
  return new Map(messages.filter(([, from]) => there.has(from)).map((message) => [message, message[1]]));
}

/** Where messages are in the other folder now. */
async function whereabouts(
  mailbox: MailboxAtDestination,
  to: string,
  messages: readonly Message[],
  known: boolean,
): Promise<Map<Message, number>> {
  const places = new Map<Message, number>();
  const told = known ? messages.filter(([, , there]) => there !== null) : [];
  if (told.length > 0) {
    const there = await stillThere(mailbox.desk, to, UidSet.from(told.map(([, , uid]) => uid!)).toString());
    for (const message of told) if (there.has(message[2]!)) places.set(message, message[2]!);
  }
  const rest = messages.filter((message) => !told.includes(message));
  for (const [message, uid] of await byContent(mailbox, to, rest, { from: 1, known: new UidSet() }))
    places.set(message, uid);
  return places;
}

/** Finds messages by their bytes among those from a UID on that are not known; of equal ones each takes another. */
async function byContent(
  { desk }: MailboxAtDestination,
  folder: string,
  messages: readonly Message[],
  { from, known }: { readonly from: number; readonly known: UidSet },
): Promise<Map<Message, number>> {
  const places = new Map<Message, number>();
  if (messages.length === 0) return places;
  const open = new Map<string, Message[]>();
  for (const message of messages) open.set(message[3], [...(open.get(message[3]) ?? []), message]);
  const todo: { uid: number; size: number }[] = [];
  await scanMessages(desk, folder, `${from}:*`, 'sizes', ({ uid, size }) => {
    if (uid >= from && !known.has(uid)) todo.push({ uid, size: size ?? 0 });
  });
  const judge = (side: 'source' | 'destination', line: string, command: string) => classify({ line, command, side });
  const signal = new AbortController().signal;
  await readWhole({ memory: [], signal, judge, inquiry: new Inquiry() }, desk, folder, todo, ({ uid, body }) => {
    const message = open.get(fingerprint(body).exact)?.shift();
    if (message) places.set(message, uid);
  });
  return places;
}

/** Opens the entry again for what stands twice again, under the UIDs that it has now. */
export function openAgain(
  { errors }: MailboxRecord,
  folder: string,
  { messages, uidValidity: before }: MovedAway,
  { pairs, uidValidity }: StandsAgain,
  at: number,
): void {
  // A quarantine that was broken off has left the UIDs from before in it.
  errors.clearDoubles(folder, before, UidSet.from(messages.map(([, from]) => from)));
  if (pairs.length === 0) return;
  const doubles = doublesFrom(pairs, uidValidity);
  errors.record({ side: 'destination', command: 'read back', folder, uids: [], ...standTwice(doubles), doubles, at });
}

/** The messages that one decision moved out of one place, by the number of its part. */
export function movedBy({ action }: Decision, part: number): readonly MovedAway[] {
  return action.do === 'quarantine' ? action.moved.filter((moved) => moved.part === part) : [];
}
