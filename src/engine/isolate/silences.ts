import type { Side } from '../../words/side.js';
import { AFTER_OTHERS, SLOW_SIDE, STORED_ALONE, USUAL } from '../imap/connection/silence-limits.js';

/** After so many silences among others a side is taken to be slow, and waited for longer: each costs a connection. */
const MANY = 3;
/** After so many suspects that were never answered, nobody waits that long for the next. */
const NEVER = 2;
/** After so many of them in a row, with no message copied in between, their folder is taken to be to blame. */
const OF_A_FOLDER = 5;

/** Counts of the messages that were copied, and of the folders that were opened, up to some moment. */
interface WentOn {
  readonly messages: number;
  readonly folders: number;
}

/**
 * Remembers over the attempts of a run how long commands were waited for in vain: how long the next ones are given, and
 * whether others were answered since. Pure.
 */
export class Silences {
  readonly #among: Record<Side, number> = { source: 0, destination: 0 };
  #messages = 0;
  #folders = 0;
  /** The counts when a side was silent last. */
  readonly #at: Record<Side, WentOn> = {
    source: { messages: 0, folders: 0 },
    destination: { messages: 0, folders: 0 },
  };
  #never = 0;
  #neverInRow = 0;

  /** Milliseconds of silence that a command is given while other work waits. */
  usual(side: Side): number {
    return this.#isSlow(side) ? SLOW_SIDE : USUAL;
  }

  /** The same for a message that is stored alone, while nothing else waits. */
  last(): number {
    return this.#never >= NEVER ? AFTER_OTHERS : STORED_ALONE;
  }

  #isSlow(side: Side): boolean {
    return this.#among[side] >= MANY;
  }

  /**
   * A line was given up while other work waited.
   *
   * @param went  whether anything else went on in that attempt: if nothing did, the side is slow as a whole, or dead;
   *              `past it`: commands behind it were answered
   */
  among(side: Side, went: 'on' | 'past it' | 'not on'): void {
    this.#among[side] = went === 'not on' ? MANY : this.#among[side] + 1;
    if (went !== 'past it') this.ofSeveral(side);
  }

  /** A line was given up that several suspects were tried on: only what is answered from now on speaks against one of them. */
  ofSeveral(side: Side): void {
    this.#at[side] = { messages: this.#messages, folders: this.#folders };
  }

  /**
   * Whether that side has answered others since it was silent: if not, it may be dead, and no single message or
   * folder is to blame.
   *
   * @param about  an opened folder says that a server opens folders, and not that it gives or takes messages
   */
  othersSince(side: Side, about: 'folder' | 'message'): 'answered' | 'silent' {
    const { messages, folders } = this.#at[side];
    const isAnswered = this.#messages > messages || (about === 'folder' && this.#folders > folders);
    return isAnswered ? 'answered' : 'silent';
  }

  /** A suspect had no answer in the longest time, alone. */
  never(): void {
    this.#never++;
    this.#neverInRow++;
  }

  /** A message was copied. */
  goesOn(): void {
    this.#neverInRow = 0;
    this.#messages++;
  }

  /** A folder was opened on both sides. */
  opens(): void {
    this.#folders++;
  }

  /** A folder whose messages are all silent is given up as a whole: each costs a minute. */
  get speakAgainstFolder(): boolean {
    return this.#neverInRow >= OF_A_FOLDER;
  }
}
