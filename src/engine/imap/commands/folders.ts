import { SHORT, USUAL } from '../connection/silence-limits.js';
import type { Tagged } from '../connection/tagged.js';
import type { Listener } from '../connection/wire.js';
import { readCount, readModseq, readUidNext, readUidValidity } from '../grammar/counters.js';
import { Cursor, Unreadable } from '../grammar/cursor.js';
import { isInbox } from '../grammar/layout.js';
import { readFolderName } from '../grammar/modified-utf7.js';
import { astring } from '../grammar/piece.js';
import type { Response } from '../grammar/response-reader.js';
import { must } from '../session/refused.js';
import type { Session } from '../session/session.js';
import { type FolderStatus, NOTHING_TOLD, parseStatus, possibleUidNext, statusItems } from './status.js';

/** Sends CREATE, with the special use where the server takes one (RFC 6154). */
export function createFolder(
  session: Session,
  wireName: string,
  use: string | null,
  patience = USUAL,
): Promise<Tagged> {
  return session.wire.command('CREATE', ['CREATE ', astring(wireName), use ? ` (USE (${use}))` : ''], {
    about: { folder: wireName, outstanding: null },
    patience,
  });
}

export function subscribeFolder(session: Session, wireName: string): Promise<Tagged> {
  return session.wire.command('SUBSCRIBE', ['SUBSCRIBE ', astring(wireName)], {
    about: { folder: wireName, outstanding: null },
    patience: SHORT,
  });
}

/** Whether a folder is asked for the first time on a connection. */
export type Asked = 'first' | 'again';

/**
 * STATUS of a folder. Several may be in flight: each takes the row that names its folder. A row under
 * another spelling of the name (WORK for Work, NFC for NFD) is this folder's where it is the only one
 * that came while this command was the oldest, and no other STATUS took it. A row of quite another name is
 * nobody's: its counts, taken for this folder's, would have everything appended again.
 *
 * @param asked  `again`: it was answered on this connection before, so a connection that drops meanwhile says nothing of the folder
 * @returns all null where OK comes without a row that can be this folder's
 * @throws Refused where the answer is not OK
 */
export async function folderStatus(session: Session, wireName: string, asked: Asked = 'first'): Promise<FolderStatus> {
  const { wire } = session;
  let status: FolderStatus | undefined;
  const others: { readonly response: Response; readonly status: FolderStatus }[] = [];
  const listener: Listener = {
    onData: (response) => {
      const row = parseStatus(response);
      if (!row || status) return false;
      if (sameFolder(row.name, wireName)) {
        status = row.status;
        TAKEN.add(response);
        return true;
      }
      if (wire.isOldest(listener) && isSpellingOf(row.name, wireName)) others.push({ response, status: row.status });
      return false;
    },
    about: asked === 'again' ? undefined : { folder: wireName, outstanding: null },
    patience: SHORT,
  };
  const answer = await wire.command(
    'STATUS',
    ['STATUS ', astring(wireName), ` (${statusItems(session.capabilities)})`],
    listener,
  );
  must(wire.side, 'STATUS', answer, wireName);
  const [only, ...more] = others.filter(({ response }) => !TAKEN.has(response));
  return status ?? (only && more.length === 0 ? only.status : NOTHING_TOLD);
}

/** Rows that named the folder of a STATUS, so that no other one takes them. */
const TAKEN = new WeakSet<Response>();

const sameFolder = (a: string, b: string) => a === b || (isInbox(a) && isInbox(b));

/** Whether two wire names may be one name, which a server has folded, composed, trimmed, quoted or encoded otherwise. */
const isSpellingOf = (a: string, b: string) => skeletonOf(a) === skeletonOf(b);

const skeletonOf = (wireName: string) =>
  readFolderName(wireName, false)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The result of SELECT or EXAMINE. */
export interface Opened extends FolderStatus {
  /** Flags that the folder keeps; null: the server did not say, which means all (RFC 9051 section 7.1). */
  readonly permanentFlags: ReadonlySet<string> | null;
  /** The access by the code of the answer (RFC 9051 section 7.1); `not told`: it has neither code. */
  readonly access: 'read-write' | 'read-only' | 'not told';
}

/** The state of an opening. `opened` means nothing where the answer is not OK. */
export interface Opening {
  readonly answer: Tagged;
  readonly opened: Opened;
}

/**
 * Opens a folder: EXAMINE at the source, always; SELECT only at the destination, to learn what
 * flags it keeps (Dovecot's EXAMINE answers PERMANENTFLAGS ()). Never CLOSE: it expunges.
 *
 * @param onAnswer called before any response behind the answer is looked at
 */
export async function openFolder(
  session: Session,
  how: 'EXAMINE' | 'SELECT',
  wireName: string,
  sent: Pick<Listener, 'patience' | 'turn'>,
  onAnswer?: (answer: Tagged, opened: Opened) => void,
): Promise<Opening> {
  const condstore = session.capabilities.has('CONDSTORE') || session.capabilities.has('QRESYNC');
  const opened: WritableOpened = { ...NOTHING_TOLD, permanentFlags: null, access: 'not told' };
  const answer = await session.wire.command(how, [`${how} `, astring(wireName), condstore ? ' (CONDSTORE)' : ''], {
    onData: (response) => takeOpening(opened, response),
    onAnswer: (tagged) => {
      opened.access = accessOf(tagged);
      onAnswer?.(tagged, opened);
    },
    about: { folder: wireName, outstanding: null },
    ...sent,
  });
  opened.uidNext = possibleUidNext(opened.uidNext, opened.messages);
  return { answer, opened };
}

function accessOf({ code }: Tagged): Opened['access'] {
  if (code === 'READ-ONLY') return 'read-only';
  return code === 'READ-WRITE' ? 'read-write' : 'not told';
}

type WritableOpened = { -readonly [K in keyof Opened]: Opened[K] };

const EXISTS = /^\* +(\d+) +EXISTS *$/i;
const CODE = /^\* +OK +\[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) +([^\] ]+) *\]/i;
const PERMANENT_FLAGS = /^\* +OK +\[PERMANENTFLAGS +/i;
const OF_AN_OPENING = /^\* +(?:\d+ +RECENT|FLAGS|OK +\[)/i;

/** The number of messages that an EXISTS tells; undefined: it is another response. */
export function readExists({ text }: Response): number | null | undefined {
  const exists = EXISTS.exec(text);
  return exists ? readCount(exists[1]) : undefined;
}

/** @returns whether the response belongs to an opening */
function takeOpening(opened: WritableOpened, response: Response): boolean {
  const { text } = response;
  const exists = readExists(response);
  if (exists !== undefined) {
    opened.messages = exists;
    return true;
  }
  const [, key, value] = CODE.exec(text) ?? [];
  switch (key?.toUpperCase()) {
    case 'UIDVALIDITY':
      opened.uidValidity = readUidValidity(value);
      return true;
    case 'UIDNEXT':
      opened.uidNext = readUidNext(value);
      return true;
    case 'HIGHESTMODSEQ':
      opened.highestModseq = readModseq(value);
      return true;
  }
  const flags = PERMANENT_FLAGS.exec(text);
  if (flags) opened.permanentFlags = readPermanentFlags(response, flags[0].length);
  return OF_AN_OPENING.test(text);
}

/** PERMANENTFLAGS; null: the list cannot be read, and nothing is known of the flags that the folder keeps. */
function readPermanentFlags(response: Response, from: number): Set<string> | null {
  const flags = new Set<string>();
  try {
    const cursor = new Cursor(response, from);
    cursor.open();
    while (!cursor.closed()) flags.add(cursor.word().toLowerCase());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return null;
  }
  return flags;
}
