import { Cursor, Unreadable } from './cursor.js';
import { astring } from './piece.js';
import { must, Refused } from './refused.js';
import type { Response } from './response-reader.js';
import type { Session } from './session.js';
import { type FolderStatus, modseq, parseStatus, statusItems } from './status.js';
import type { Tagged } from './tagged.js';
import type { Listener } from './wire.js';

/** CREATE, with the special use where the server takes one (RFC 6154). */
export function createFolder(session: Session, wireName: string, use: string | null): Promise<Tagged> {
  return session.wire.command('CREATE', ['CREATE ', astring(wireName), use ? ` (USE (${use}))` : '']);
}

export function subscribeFolder(session: Session, wireName: string): Promise<Tagged> {
  return session.wire.command('SUBSCRIBE', ['SUBSCRIBE ', astring(wireName)]);
}

/**
 * STATUS of a folder. Several may be in flight: each takes the row that names its folder. A row under
 * another spelling of the name (WORK for Work, NFC for NFD) is this folder's where it is the only one
 * that came while this command was the oldest, and no other STATUS took it.
 *
 * @throws Refused where the status is refused, or OK comes without a row: an empty folder without
 *         UIDVALIDITY is what must not be made of that, or all would be appended again
 */
export async function folderStatus(session: Session, wireName: string): Promise<FolderStatus> {
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
      if (wire.isOldest(listener)) others.push({ response, status: row.status });
      return false;
    },
  };
  const answer = await wire.command(
    'STATUS',
    ['STATUS ', astring(wireName), ` (${statusItems(session.capabilities)})`],
    listener,
  );
  must(wire.side, 'STATUS', answer, wireName);
  const [only, ...more] = others.filter(({ response }) => !TAKEN.has(response));
  status ??= more.length === 0 ? only?.status : undefined;
  if (!status)
    throw new Refused(wire.side, 'STATUS', `no STATUS row that names it came before ${answer.line}`, wireName);
  return status;
}

/** Rows that named the folder of a STATUS, so that no other one takes them. */
const TAKEN = new WeakSet<Response>();

const sameFolder = (a: string, b: string) => a === b || (/^inbox$/i.test(a) && /^inbox$/i.test(b));

/** What SELECT or EXAMINE said. */
export interface Opened extends FolderStatus {
  /** Flags that the folder keeps; null where the server did not say, which means all (RFC 9051 section 7.1). */
  readonly permanentFlags: ReadonlySet<string> | null;
}

/** What an opening came to; `opened` means nothing where the answer is not OK. */
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
  onAnswer?: (answer: Tagged, opened: Opened) => void,
): Promise<Opening> {
  const condstore = session.capabilities.has('CONDSTORE') || session.capabilities.has('QRESYNC');
  const opened: { -readonly [K in keyof Opened]: Opened[K] } = {
    messages: 0,
    uidNext: 0,
    uidValidity: null,
    highestModseq: null,
    permanentFlags: null,
    appendLimit: null,
  };
  const onData = (response: Response) => {
    const { text } = response;
    const exists = /^\* (\d+) EXISTS$/i.exec(text);
    if (exists) opened.messages = Number(exists[1]);
    const code = /^\* OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d+)\]/i.exec(text);
    if (code) {
      const key = code[1]!.toUpperCase();
      if (key === 'UIDVALIDITY') opened.uidValidity = code[2]!;
      else if (key === 'UIDNEXT') opened.uidNext = Number(code[2]);
      else opened.highestModseq = modseq(code[2]);
    }
    if (/^\* OK \[PERMANENTFLAGS /i.test(text)) opened.permanentFlags = readPermanentFlags(response);
    return exists !== null || code !== null || /^\* (?:\d+ RECENT|FLAGS |OK \[)/i.test(text);
  };
  const answer = await session.wire.command(how, [`${how} `, astring(wireName), condstore ? ' (CONDSTORE)' : ''], {
    onData,
    onAnswer: (tagged) => onAnswer?.(tagged, opened),
  });
  return { answer, opened };
}

function readPermanentFlags(response: Response): Set<string> {
  const flags = new Set<string>();
  try {
    const cursor = new Cursor(response, '* OK [PERMANENTFLAGS '.length);
    cursor.open();
    while (!cursor.closed()) flags.add(cursor.word().toLowerCase());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return flags;
}
