import type { Tagged } from '../connection/tagged.js';
import type { Listener } from '../connection/wire.js';
import { isRecent } from '../grammar/flags.js';
import { appendDate, isAppendDate } from '../grammar/internal-date.js';
import { astring, type OutgoingLiteral, type Piece } from '../grammar/piece.js';
import type { Literal } from '../grammar/response-reader.js';
import { parseUidList } from '../grammar/uid-list.js';
import type { Session } from '../session/session.js';

/** A message on its way to the destination. */
export interface Outgoing {
  /** Its UID at the source. */
  readonly uid: number;
  readonly flags: readonly string[];
  readonly internalDate: string;
  readonly body: Literal;
  readonly hasNul: boolean;
}

/** The destination's answer to an APPEND. */
export interface Appended {
  readonly answer: Tagged;
  /** UIDs that the messages got, in their order; null without UIDPLUS (RFC 4315), or where they cannot be read. */
  readonly uids: readonly number[] | null;
  readonly uidValidity: string | null;
  /** Why an APPENDUID cannot be read as UIDs of these messages; null: it can, or none came. */
  readonly unreadable: string | null;
}

/** Ways to write to a destination, the fastest first. */
export type Way = 'MULTIAPPEND, LITERAL+' | 'APPEND, LITERAL+' | 'APPEND, LITERAL-' | 'APPEND, literals waited for';

/** The way by the server's capabilities (RFC 3502, RFC 7888). The log shows it. */
export function wayOf(capabilities: ReadonlySet<string>): Way {
  if (capabilities.has('LITERAL+')) {
    return capabilities.has('MULTIAPPEND') ? 'MULTIAPPEND, LITERAL+' : 'APPEND, LITERAL+';
  }
  return capabilities.has('LITERAL-') ? 'APPEND, LITERAL-' : 'APPEND, literals waited for';
}

/**
 * How carefully a destination is written to that falls out of step. Each value is slower than the one before, and
 * safer.
 */
export type Caution = 'none' | 'single messages' | 'waiting';

/** The way, limited by the caution that the server has taught us. */
export function cautiousWay(way: Way, caution: Caution): Way {
  if (caution === 'waiting') return 'APPEND, literals waited for';
  return caution === 'single messages' && way === 'MULTIAPPEND, LITERAL+' ? 'APPEND, LITERAL+' : way;
}

/** An atom of RFC 9051 section 9, or one of the system flags: servers answer BAD to any other with a backslash. */
const FLAG = /^(?:\\(?:answered|flagged|deleted|seen|draft)|[^\x00-\x20(){%*"\\\]\x7f-\uffff]+)$/i;

/** Whether APPEND can carry a flag. One that is no atom would be answered BAD in mid-command. */
export function isAppendFlag(flag: string): boolean {
  return FLAG.test(flag) && !isRecent(flag);
}

/**
 * Appends messages to a folder in one command: one message, or several where the server has
 * MULTIAPPEND. Does not wait for commands before it.
 *
 * @param source   folder that the messages come from, for whoever looks for the cause of a lost connection
 * @param sent     `literals`: another way than the connection's, `sync` for a message that was answered BAD before
 * @throws ConnectionLost: whether they were stored is unknown then
 */
export async function append(
  session: Session,
  folder: string,
  messages: readonly Outgoing[],
  source: string,
  sent: Pick<Listener, 'literals' | 'patience'> = {},
): Promise<Appended> {
  const pieces: Piece[] = ['APPEND ', astring(folder)];
  for (const message of messages) {
    const date = isAppendDate(message.internalDate) ? ` "${appendDate(message.internalDate)}"` : '';
    pieces.push(` (${message.flags.filter(isAppendFlag).join(' ')})${date} `, literalOf(session, message));
  }
  const outstanding = { of: 'copy', uids: () => messages.map(({ uid }) => uid) } as const;
  const answer = await session.wire.command('APPEND', pieces, { ...sent, about: { folder: source, outstanding } });
  return { answer, ...readAppendUid(answer, messages.length) };
}

type AppendUid = Omit<Appended, 'answer'>;

/** APPENDUID of an answer (RFC 4315 section 3): as many UIDs as messages were sent, else it is not believed. */
function readAppendUid({ code, codeArgs }: Tagged, messages: number): AppendUid {
  if (code !== 'APPENDUID') return { uids: null, uidValidity: null, unreadable: null };
  const given = /^(\d+) ([\d:,]+)$/.exec(codeArgs.trim());
  const uids = given ? parseUidList(given[2]!) : null;
  if (!given || !uids) return { uids: null, uidValidity: null, unreadable: `it reads "${codeArgs.slice(0, 80)}"` };
  const uidValidity = given[1]!;
  if (uids.length === messages) return { uids, uidValidity, unreadable: null };
  return { uids: null, uidValidity, unreadable: `it names ${uids.length} UIDs for ${messages} messages` };
}

function literalOf(session: Session, message: Outgoing): OutgoingLiteral {
  return { ...message.body, binary: message.hasNul && session.capabilities.has('BINARY') };
}
