import type { UidSet } from '../../../store/uid/uid-set.js';
import type { About } from '../connection/loss.js';
import type { Tagged } from '../connection/tagged.js';
import type { Listener } from '../connection/wire.js';
import type { Response } from '../grammar/response-reader.js';
import type { Desk } from './desk.js';
import { limitIn, type MessageLimit, untaggedLimit } from './message-limit.js';
import { halvesOf, leftAfter, piecesOf, setsOf, UidSpan, uidsIn } from './uid-windows.js';

/** A command on a set of messages. */
export interface SetCommand {
  /** The name of the command for messages: `UID FETCH`. */
  readonly name: string;
  readonly write: (set: string) => string;
  /**
   * @param came the UIDs that a response is about are added to it
   * @returns whether the response is this command's
   */
  readonly take: (response: Response, came: UidSpan) => boolean;
  readonly onLiteral?: Listener['onLiteral'];
  /** Single messages that the command waits for; null: it names none. */
  readonly outstanding?: About['outstanding'];
}

/** Commands that brought nothing, after which a server that only names its limit is given up. */
const MOST_IN_VAIN = 256;

/**
 * Sends a command on a set of messages, and again on what is left of it where the server handles only so many
 * messages at once (MESSAGELIMIT, RFC 9738), whether it says so with OK, with NO or before its answer.
 *
 * @param set an IMAP sequence set, which may end in `n:*`
 * @returns the last answer, or a refusal where there was one
 */
export async function overSet(desk: Desk, folder: string, set: string, command: SetCommand): Promise<Tagged> {
  const asking = new Asking(desk, folder, command);
  return desk.messageLimit === null ? asking.once(set) : asking.inPieces(uidsIn(set));
}

const UNTOLD: MessageLimit = { most: null, lowest: null };

/** The server sent some rows and stopped with [LIMIT] (RFC 5530): an older code that means the same as MESSAGELIMIT. */
function isSpent({ status, code }: Tagged, { ends }: UidSpan): boolean {
  return status === 'NO' && code === 'LIMIT' && ends !== null;
}

class Asking {
  #inVain = 0;

  constructor(
    private readonly desk: Desk,
    private readonly folder: string,
    private readonly command: SetCommand,
  ) {}

  /** Pieces are written without waiting for each other. */
  async inPieces(uids: UidSet): Promise<Tagged> {
    const sets = piecesOf(uids, this.desk.messageLimit).flatMap(setsOf);
    const answers = await Promise.all(sets.map((set) => this.once(set)));
    return answers.find(({ status }) => status !== 'OK') ?? answers.at(-1)!;
  }

  async once(set: string): Promise<Tagged> {
    const { name, write, take, onLiteral, outstanding = null } = this.command;
    const came = new UidSpan();
    let untagged: MessageLimit | null = null;
    const onData = (response: Response) => {
      if (take(response, came)) return true;
      const limit = untaggedLimit(response);
      untagged ??= limit;
      return limit !== null;
    };
    const answer = await this.desk.command(this.folder, name, [write(set)], onData, outstanding, onLiteral);
    const limit = limitIn(answer) ?? untagged ?? (isSpent(answer, came) ? UNTOLD : null);
    return limit ? this.#goOn(uidsIn(set), answer, limit, came) : answer;
  }

  async #goOn(asked: UidSet, answer: Tagged, limit: MessageLimit, { ends }: UidSpan): Promise<Tagged> {
    this.desk.learnLimit(limit.most);
    if (ends === null && ++this.#inVain > MOST_IN_VAIN) return answer;
    const left = leftAfter(asked, { lowest: limit.lowest, came: ends });
    if (left) return left.isEmpty ? { ...answer, status: 'OK' } : this.inPieces(left);
    const halves = halvesOf(asked);
    if (!halves) return answer;
    // One after the other, because the first half shows how many messages are enough.
    const [high, low] = halves;
    const refused = await this.inPieces(high);
    return refused.status === 'OK' ? this.inPieces(low) : refused;
  }
}
