import type { Desk } from '../imap/commands/desk.js';
import type { Opened } from '../imap/commands/folders.js';
import { fetchUids } from '../imap/commands/scan.js';
import { TELLING_HEADER } from '../imap/commands/telling-header.js';
import { isFetchRow } from '../imap/grammar/fetch-row.js';
import { isInbox, isSelectable } from '../imap/grammar/layout.js';
import { literalText, type Response } from '../imap/grammar/response-reader.js';
import { Refused } from '../imap/session/refused.js';
import type { AnswersSoFar, NameFailure } from './answers-so-far.js';
import type { NamedFolder } from './gather.js';

/** Names that may be those of one folder. */
interface Namesakes {
  /** The likeliest first. */
  readonly wires: readonly string[];
  /** `INBOX`: in several cases (RFC 9051 section 5.1 knows one). `delimiter`: with and without one at its end (RFC 3501 section 6.3.3). */
  readonly by: 'INBOX' | 'delimiter';
}

/** Such names, after a look at each. */
interface ToldApart {
  /** Names of folders that differ, with their openings. Of names for one folder only the first is here. */
  readonly distinct: readonly { readonly wire: string; readonly opened: Opened }[];
  /** Other names for one of these folders. */
  readonly same: readonly string[];
  readonly refused: readonly Refused[];
}

/** Messages that are compared. */
const SAMPLE = 100;
const ITEMS = `(UID RFC822.SIZE INTERNALDATE ${TELLING_HEADER})`;

/**
 * Where a server lists a folder under several names, opens them and finds out which are one folder: those that hold the
 * same message under the same UID. A spelling of INBOX that cannot be opened beside one that can is to be accounted for.
 * A name that ends in the delimiter means the name without it, so it is only noted then.
 *
 * @throws ConnectionLost
 */
export async function settleNamesOfOneFolder(first: AnswersSoFar, desk: Desk): Promise<AnswersSoFar> {
  let told = first;
  for (const namesakes of namesakesAmong(first.folders)) told = await settle(told, desk, namesakes);
  return told;
}

function namesakesAmong(folders: readonly NamedFolder[]): readonly Namesakes[] {
  const wires = folders.map(({ wire }) => wire);
  const inboxes = wires.filter(isInbox).toSorted((a, b) => rank(b) - rank(a));
  const all = new Set(folders.filter(isSelectable).map(({ wire }) => wire));
  const delimited = folders.flatMap(({ wire, delimiter }): Namesakes[] => {
    const bare = delimiter !== null && wire.endsWith(delimiter) ? wire.slice(0, -delimiter.length) : wire;
    return bare !== wire && all.has(bare) && all.has(wire) ? [{ wires: [bare, wire], by: 'delimiter' }] : [];
  });
  return inboxes.length > 1 ? [{ wires: inboxes, by: 'INBOX' }, ...delimited] : delimited;
}

async function settle(told: AnswersSoFar, desk: Desk, { wires, by }: Namesakes): Promise<AnswersSoFar> {
  const { distinct, same, refused } = await tellApart(desk, wires);
  const names = distinct.map(({ wire }) => wire);
  const [first] = names;
  // If none opens, each is met again, and entered, when it is to be copied.
  if (first === undefined) return told;
  for (const { wire, opened } of distinct) told.statuses.set(wire, opened);
  const isOut = (wire: string) => wires.includes(wire) && !names.includes(wire);
  const failures = refused.map(
    ({ folder, command, line }): NameFailure => ({ name: folder, command, line, beside: names }),
  );
  const notes = [
    ...(same.length > 0 ? [`${same.join(', ')} and ${first} are one folder`] : []),
    ...(names.length > 1 ? [`${names.join(' and ')} are ${names.length} folders: all of them go into ${first}`] : []),
    ...(by === 'delimiter' ? refused.map(({ folder, line }) => `${folder} is read as ${first}: ${line}`) : []),
  ];
  return {
    ...told,
    folders: told.folders.filter(({ wire }) => !isOut(wire)),
    failures: by === 'INBOX' ? [...told.failures, ...failures] : told.failures,
    notes: [...told.notes, ...notes],
  };
}

/** The standard's spelling comes first. */
const rank = (wire: string) => (wire === 'INBOX' ? 1 : 0);

async function tellApart(desk: Desk, wires: readonly string[]): Promise<ToldApart> {
  const distinct: { readonly wire: string; readonly opened: Opened; readonly messages: ReadonlySet<string> }[] = [];
  const same: string[] = [];
  const refused: Refused[] = [];
  for (const wire of wires) {
    try {
      const opened = await desk.reopen(wire);
      const messages = opened.messages === 0 ? new Set<string>() : await oldest(desk, wire);
      if (distinct.some((other) => isSame(other, { opened, messages }))) same.push(wire);
      else distinct.push({ wire, opened, messages });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push(error);
    }
  }
  return { distinct, same, refused };
}

interface Sampled {
  readonly opened: Opened;
  readonly messages: ReadonlySet<string>;
}

function isSame(one: Sampled, other: Sampled): boolean {
  if (one.messages.size === 0 && other.messages.size === 0) return true;
  for (const message of one.messages) if (other.messages.has(message)) return true;
  return false;
}

/** @throws Refused where the folder holds messages and gives none */
async function oldest(desk: Desk, wire: string): Promise<ReadonlySet<string>> {
  const messages = new Set<string>();
  const uids = [...(await fetchUids(desk, wire, '1:*'))].slice(0, SAMPLE);
  if (uids.length > 0) {
    await desk.command(wire, 'UID FETCH', [`UID FETCH ${uids.join(',')} ${ITEMS}`], (response) => {
      if (!isFetchRow(response)) return false;
      messages.add(withoutNumber(response));
      return true;
    });
  }
  if (messages.size === 0) throw new Refused('source', 'UID FETCH', 'the folder holds messages and gives none', wire);
  return messages;
}

const withoutNumber = ({ text, literals }: Response) =>
  [text.replace(/^\* \d+ /, ''), ...literals.map(literalText)].join('\n');
