import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { refusalsBeforeHold } from '../../responses/pace.js';
import type { Todo } from './chunks.js';

/** How one message is tried. */
export interface TryOne {
  /** Asks the source for it. @returns whether it came */
  readonly comes: (uid: number) => Promise<boolean>;
  /** Copies it. @returns whether it was taken */
  readonly passes: (uid: number) => Promise<boolean>;
}

/** Refusals in a row after which a mailbox is held. */
const MOST_IN_ROW = refusalsBeforeHold('message-policy');
/** Other messages that are tried before the server is taken to refuse all. */
const TRIES = 3;
/** The largest message that is tried, in bytes. A larger one costs too much for a test. */
const LARGEST = 1024 * 1024;

/** The messages of a folder in order. Some of them serve to test whether a server still gives and takes messages. */
export class Others {
  /** UID of the last message that has begun. */
  #begun = 0;
  readonly #tried = new Set<number>();

  constructor(
    private readonly todo: Iterable<Todo>,
    private readonly ledger: Pick<UidLedger, 'isSettled' | 'settledSources'>,
    private readonly one: TryOne,
  ) {}

  /** The messages still to be copied, in their order. */
  *rest(): Iterable<Todo> {
    for (const message of this.todo) {
      if (this.ledger.isSettled(message.uid)) continue;
      this.#begun = message.uid;
      yield message;
    }
  }

  /**
   * Asks the source for another message: one that has not begun, one that it gave before, or one of those that it refused
   * together.
   *
   * @param refused  UIDs
   * @returns whether it came
   */
  async come(refused: readonly number[] = []): Promise<boolean> {
    const last = this.ledger.settledSources().last;
    const ends = refused.length > 1 ? [refused[0]!, refused.at(-1)!] : [];
    for (const uid of [...this.#behind(), ...(last === null || last === undefined ? ends : [last])])
      if (await this.one.comes(uid)) return true;
    return false;
  }

  /**
   * Whether the destination takes other messages: one of the row of refusals, or one behind the refused message. If it
   * took neither, some messages from the end of the folder are tried.
   */
  async pass(refused: number): Promise<boolean> {
    const settled = this.ledger.settledSources();
    if ((settled.last ?? 0) > refused || !settled.intersect(this.#row(refused)).isEmpty) return true;
    for (const uid of this.#behind()) {
      this.#tried.add(uid);
      if (await this.one.passes(uid)) return true;
    }
    return false;
  }

  /** The messages of a row of refusals, up to this one, and those between them: some may be taken. */
  #row(refused: number): UidSet {
    const row: number[] = [];
    for (const { uid } of this.todo) {
      if (uid > refused) break;
      row.push(uid);
      if (row.length > MOST_IN_ROW) row.shift();
    }
    return UidSet.range(row[0] ?? refused, refused);
  }

  /**
   * Some messages from the end that have not begun. Refused messages are often neighbours, so those at the end are less
   * likely to be bad.
   */
  #behind(): readonly number[] {
    const behind: number[] = [];
    for (const { uid, size } of this.todo) {
      if (uid <= this.#begun || size > LARGEST || this.ledger.isSettled(uid) || this.#tried.has(uid)) continue;
      behind.push(uid);
    }
    return behind.reverse().slice(0, TRIES);
  }
}
