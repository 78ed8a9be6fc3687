import type { MessageLook } from '../../protocol/answers.js';
import { loadOnce } from '../../words/load-once.js';
import { Desk } from '../imap/commands/desk.js';
import { fetchGlance, fetchPart } from '../imap/commands/fetch-message.js';
import { stillThere } from '../imap/commands/scan.js';
import type { Tagged } from '../imap/connection/tagged.js';
import { isRecent } from '../imap/grammar/flags.js';
import { readFolderName, writeFolderName } from '../imap/grammar/modified-utf7.js';
import { must, Refused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import { readListRow } from '../listing/list-row.js';
import { writeNewFile } from './new-file.js';
import { readable } from './readable.js';

/** One message of a source, as the error ledger names it. */
export interface MessageAt {
  /** The source folder, as a person reads its name. */
  readonly folder: string;
  readonly uid: number;
  /** UIDVALIDITY of the folder when the UID was noted; null: not known. */
  readonly uidValidity: string | null;
}

/** The server does not give the message. The text tells the operator why. */
export class MessageNotHad extends Error {
  override readonly name = 'MessageNotHad';
}

/** Flags that are shown. */
const MOST_FLAGS = 50;
/** Bytes of a message that are asked for at once, and how many such are under way. */
const PART = 256 * 1024;
const AHEAD = 2;

/** Loaded late: the decoder of all character sets is large, and seldom needed. */
export const loadMessageHeader = loadOnce(() => import('./message-header.js'));

/**
 * Reads the header and structure of a message of the source. EXAMINE opens the folder, BODY.PEEK leaves the message unread
 * for its owner, and nothing of it is kept.
 *
 * @param session  one of its own, left open
 * @throws MessageNotHad, Refused, ConnectionLost
 */
export async function lookAtMessage(session: Session, at: MessageAt): Promise<MessageLook> {
  const { desk, wire } = await openFolderOf(session, at);
  const { glance, answer } = await fetchGlance(desk, wire, at.uid);
  if (!glance) throw await notGiven(desk, wire, at, answer);
  const { header, flags, internalDate, size } = glance;
  const { readField } = await loadMessageHeader();
  return {
    from: readField(header, 'from'),
    to: readField(header, 'to'),
    subject: readField(header, 'subject'),
    date: readField(header, 'date'),
    messageId: readField(header, 'message-id'),
    size,
    flags: flags
      .filter((flag) => !isRecent(flag))
      .slice(0, MOST_FLAGS)
      .map(readable),
    internalDate: readable(internalDate),
  };
}

/**
 * Writes a message as it is at the source into a new file, a part of it at a time; whole or not at all.
 *
 * @param path  as {@link writeNewFile} takes it
 * @returns where it was written, and its bytes
 * @throws MessageNotHad, Refused, ConnectionLost
 * @throws BadInput  where no such file can be made
 */
export async function saveMessage(
  session: Session,
  at: MessageAt,
  path: string,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const { desk, wire } = await openFolderOf(session, at);
  return writeNewFile(path, partsOf(desk, wire, at));
}

async function* partsOf(desk: Desk, wire: string, at: MessageAt): AsyncGenerator<Buffer> {
  const asked: ReturnType<typeof fetchPart>[] = [];
  for (let from = 0, next = 0; ; from += PART) {
    for (; asked.length < AHEAD; next += PART) {
      const part = fetchPart(desk, wire, at.uid, next, PART);
      // Behind the end nobody waits for it.
      part.catch(() => {});
      asked.push(part);
    }
    const { part, answer } = await asked.shift()!;
    if (!part) throw await notGiven(desk, wire, at, answer);
    const { bytes, whole } = part;
    if ((whole && from > 0) || (!whole && bytes.length > PART))
      throw new MessageNotHad('the source gives other parts of the message than it is asked for');
    yield* bytes.slices;
    if (whole || bytes.length < PART) return;
  }
}

/** @throws MessageNotHad  where its UIDs mean other messages by now */
export async function openFolderOf(
  session: Session,
  { folder, uid, uidValidity }: MessageAt,
): Promise<{ readonly desk: Desk; readonly wire: string }> {
  const desk = new Desk(session, 'EXAMINE');
  let wire = writeFolderName(folder, false);
  const opened = await desk.open(wire).catch(async (error: unknown) => {
    const other = error instanceof Refused ? await wireNameOf(session, folder) : null;
    if (other === null || other === wire) throw error;
    wire = other;
    return desk.open(wire);
  });
  if (uidValidity !== null && opened.uidValidity !== uidValidity) {
    throw new MessageNotHad(
      `${readable(folder)} was made anew at the source since (UIDVALIDITY ${opened.uidValidity}, it was ${uidValidity}): UID ${uid} is another message there`,
    );
  }
  return { desk, wire };
}

/** The name as this server writes it, where it is not as it should be: a bare `&`, 8-bit bytes. */
async function wireNameOf(session: Session, folder: string): Promise<string | null> {
  let found: string | null = null;
  const answer = await session.wire.command('LIST', ['LIST "" "*"'], (response) => {
    const row = readListRow(response);
    if (row?.kind === 'LIST') found ??= row.spellings.find((wire) => readFolderName(wire, false) === folder) ?? null;
    return row !== undefined;
  });
  must('source', 'LIST', answer);
  return found;
}

async function notGiven(desk: Desk, wire: string, { uid }: MessageAt, answer: Tagged): Promise<Error> {
  if (answer.status !== 'OK') return new Refused('source', 'UID FETCH', answer.line, wire);
  const there = await stillThere(desk, wire, `${uid}`);
  return new MessageNotHad(
    there.has(uid) ? `the source lists UID ${uid} and does not give it` : `UID ${uid} is gone from the source`,
  );
}
