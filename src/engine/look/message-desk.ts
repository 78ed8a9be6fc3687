import { type AnswerOf, type CommandOf, type Handlers, handle } from '../../protocol/commands.js';
import type { PlanRow } from '../../store/batch/batch.js';
import { ANY_BATCH, adviceText } from '../../words/advice/advice-text.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import type { Session } from '../imap/session/session.js';
import { type OpenSource, overSource } from '../login/source-session.js';
import { readFailure } from '../mailbox/read-failure.js';
import { sanitise } from '../responses/sanitise.js';
import { lookAtMessage, type MessageAt, MessageNotHad, saveMessage } from './look-at-message.js';

/** The commands that are about one message at the source. */
export type MessageCommand = CommandOf<'message' | 'save-message'>;

/** A mailbox of the batch, as far as a look at its messages needs it. */
interface LookedAt {
  readonly row: PlanRow;
  /** The side whose password was refused: it is not tried once more for a look. */
  readonly asksPassword: Side | null;
  /** UIDVALIDITY of a source folder when it was last opened; null: not known. */
  uidValidity(folder: string): string | null;
}

export interface MessageDeskParts {
  /** Finds a mailbox by its id or address; undefined: there is none. */
  readonly mailbox: (mailbox: string) => LookedAt | undefined;
  readonly open: OpenSource;
  /** Drops what is under way. */
  readonly drop: AbortSignal;
}

/** Each is a connection beside those of the copy: of the whole batch, no more than this. */
const AT_ONCE = 2;

/**
 * Where consoles have messages of the source looked at, one line of its own each. What is read goes to whoever asked,
 * and to nobody else: it is not stored, logged or told to another console.
 */
export class MessageDesk {
  #looking = 0;

  constructor(private readonly parts: MessageDeskParts) {}

  async take<C extends MessageCommand>(command: C): Promise<AnswerOf<C['do']>> {
    const mailbox = this.parts.mailbox(command.mailbox);
    if (!mailbox) return { ok: false, why: `there is no mailbox ${sanitise(command.mailbox)} in this batch` };
    if (mailbox.asksPassword === 'source')
      return { ok: false, why: 'the source refused its password: give that first, a look would try it once more' };
    if (this.#looking >= AT_ONCE) {
      const why = `${AT_ONCE} messages are being read from the source already: ask again when one of them is done`;
      return { ok: false, why };
    }
    const at = { folder: command.folder, uid: command.uid, uidValidity: mailbox.uidValidity(command.folder) };
    const { open, drop } = this.parts;
    this.#looking++;
    try {
      return await overSource(open, mailbox.row, drop, (session) => handle(answersOver(session, at), command));
    } catch (error) {
      return { ok: false, why: whyNot(error) };
    } finally {
      this.#looking--;
    }
  }
}

function answersOver(session: Session, at: MessageAt): Handlers<MessageCommand['do']> {
  return {
    message: async () => ({ ok: true, message: await lookAtMessage(session, at) }),
    'save-message': async ({ path }) => ({ ok: true, saved: { ...(await saveMessage(session, at, path)), rows: 1 } }),
  };
}

/** One sentence for the operator. @throws what is no failure of a server, a line or a file: a bug */
function whyNot(error: unknown): string {
  if (error instanceof MessageNotHad || error instanceof BadInput) return sanitise(error.message);
  const failure = readFailure(error);
  if (!failure) throw error;
  const { command, verdict } = failure;
  const response = failure.response.replace(/\.$/, '');
  if (verdict.kind === 'throttled')
    return sanitise(
      `the source has no connection to spare for this mailbox now: ${response}. Ask again when its copy rests or is done.`,
    );
  // Advice about a folder or a message is for the copy, which goes on without it.
  const advice =
    verdict.scope === 'mailbox' || verdict.scope === 'endpoint' ? ` ${adviceText(verdict.advice, ANY_BATCH)}` : '';
  return sanitise(`the source, at ${command}: ${response}.${advice}`);
}
