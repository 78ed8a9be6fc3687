import type { Decision, MovedAway } from '../../store/decisions/decisions-document.js';
import { doublesFrom } from '../../store/ledger/doubles.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { standTwice } from '../copy/findings.js';
import { fingerprint } from '../copy/prepare/fingerprint.js';
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

/**
 * Moves second copies back to where they stood: by the UIDs that COPYUID told, else by their content.
 *
 * @param to  wire name of the folder that they were moved to
 * @throws Refused, LineLost
 */
export async function bringBack(
  mailbox: MailboxAtDestination,
  moved: MovedAway,
  to: string,
): Promise<
  BroughtBack & {
    readonly pairs: readonly (readonly [source: number, destination: number])[];
    readonly uidValidity: string | null;
  }
> {
  const { desk, session } = mailbox;
  const home = mailbox.wireOf(moved.folder);
  if (home === null)
    throw new Refused('destination', 'SELECT', `there is no folder ${moved.folder} any more`, moved.folder);
  const pairs: (readonly [number, number])[] = [];
  // Messages that were copied and marked are still there, unless somebody has expunged them.
  const unmarked = moved.way === 'COPY' ? await unmark(mailbox, home, moved) : new Map<number, number>();
  pairs.push(...unmarked);
  const open = moved.messages.filter(([source]) => !unmarked.has(source));
  const { uidValidity: toUidValidity } = await desk.reopen(to);
  const known = toUidValidity !== null && toUidValidity === moved.toUidValidity;
  const places = await whereabouts(mailbox, to, moved.messages, known);
  const bySecond = new Map(
    open.flatMap((message) => (places.has(message) ? [[places.get(message)!, message] as const] : [])),
  );
  const { uidValidity, uidNext } = await desk.reopen(home);
  for (const set of UidSet.from(bySecond.keys()).strings(LONGEST_SET)) {
    const { uids } = await moveMessages(desk, moveWayOf(session), to, UidSet.parse(set), home);
    const arrived = [...uids].map(([from, there]) => [bySecond.get(from)!, there] as const);
    const untold = arrived.filter(([, there]) => there === null).map(([message]) => message);
    const found = await byContent(mailbox, home, untold, uidNext ?? 1);
    for (const [message, there] of arrived) {
      const uid = there ?? found.get(message);
      if (uid !== undefined) pairs.push([message[0], uid]);
    }
  }
  // An unmarked message leaves a copy in the other folder: mark that copy, as the way without MOVE does.
  const left = UidSet.from([...places].filter(([[source]]) => unmarked.has(source)).map(([, uid]) => uid));
  for (const set of left.strings(LONGEST_SET)) await addFlags(desk, to, set, ['\\Deleted']);
  const back = UidSet.from(pairs.map(([source]) => source));
  const notFound = UidSet.from(moved.messages.map(([source]) => source)).minus(back);
  return { back, notFound, pairs, uidValidity };
}

/** Takes the mark off those that still stand where they stood. @returns by UID at the source */
async function unmark(
  { desk }: MailboxAtDestination,
  home: string,
  { messages, uidValidity: before }: MovedAway,
): Promise<Map<number, number>> {
  const { uidValidity } = await desk.reopen(home);
  if (uidValidity !== before) return new Map();
  const there = await stillThere(desk, home, UidSet.from(messages.map(([, from]) => from)).toString());
  for (const set of there.strings(LONGEST_SET)) await unmarkDeleted(desk, home, UidSet.parse(set));
  return new Map(messages.filter(([, from]) => there.has(from)).map(([source, from]) => [source, from]));
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
  for (const [message, uid] of await byContent(mailbox, to, rest, 1)) places.set(message, uid);
  return places;
}

/** Finds messages by their bytes; of equal ones each takes another. */
async function byContent(
  { desk }: MailboxAtDestination,
  folder: string,
  messages: readonly Message[],
  from: number,
): Promise<Map<Message, number>> {
  const places = new Map<Message, number>();
  if (messages.length === 0) return places;
  const open = new Map<string, Message[]>();
  for (const message of messages) open.set(message[3], [...(open.get(message[3]) ?? []), message]);
  const todo: { uid: number; size: number }[] = [];
  await scanMessages(desk, folder, `${from}:*`, 'sizes', ({ uid, size }) => {
    if (uid >= from) todo.push({ uid, size: size ?? 0 });
  });
  const judge = (side: 'source' | 'destination', line: string, command: string) => classify({ line, command, side });
  const signal = new AbortController().signal;
  await readWhole({ memory: [], signal, judge, inquiry: new Inquiry() }, desk, folder, todo, ({ uid, body }) => {
    const message = open.get(fingerprint(body).exact)?.shift();
    if (message) places.set(message, uid);
  });
  return places;
}

/** Opens the entry again for what stands twice again. */
export function openAgain(
  { errors }: MailboxRecord,
  folder: string,
  pairs: readonly (readonly [source: number, destination: number])[],
  uidValidity: string | null,
  at: number,
): void {
  if (pairs.length === 0) return;
  const doubles = doublesFrom(pairs, uidValidity);
  errors.record({ side: 'destination', command: 'read back', folder, uids: [], ...standTwice(doubles), doubles, at });
}

/** The messages that one decision moved out of one place, by the number of its part. */
export function movedBy({ action }: Decision, part: number): readonly MovedAway[] {
  return action.do === 'quarantine' ? action.moved.filter((moved) => moved.part === part) : [];
}
