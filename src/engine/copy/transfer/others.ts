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

/** Refusals in a row after which a mailbox would be held. */
const MOST_IN_ROW = refusalsBeforeHold('message-policy');
/** So many are tried before nothing is believed to pass. */
const TRIES = 3;
/** Larger ones cost more than they tell, in bytes. */
const LARGEST = 1024 * 1024;

/** The messages of a folder in their order, and those among them that show whether a server still gives and takes. */
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

  /** Whether the source gives another message: one that has not begun, or one that it gave before. */
  async come(): Promise<boolean> {
    const last = this.ledger.settledSources().last;
    for (const uid of [...this.#behind(), ...(last === null || last === undefined ? [] : [last])])
      if (await this.one.comes(uid)) return true;
    return false;
  }

  /**
   * Whether the destination takes another message, from further behind than one that it refused; or has taken one: in
   * another attempt that may have come first.
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

  /** As many messages as make a row of refusals, up to one of them, and what lies between: some of that may be taken. */
  #row(refused: number): UidSet {
    const row: number[] = [];
    for (const { uid } of this.todo) {
      if (uid > refused) break;
      row.push(uid);
      if (row.length > MOST_IN_ROW) row.shift();
    }
    return UidSet.range(row[0] ?? refused, refused);
  }

  /** Some that have not begun, from the end: what is refused in a row lies side by side. */
  #behind(): readonly number[] {
    const behind: number[] = [];
    for (const { uid, size } of this.todo) {
      if (uid <= this.#begun || size > LARGEST || this.ledger.isSettled(uid) || this.#tried.has(uid)) continue;
      behind.push(uid);
    }
    return behind.reverse().slice(0, TRIES);
  }
}
