/** A message that a folder is given: by APPEND, by a test, or by the demo. */
export interface NewMessage {
  /** The bytes, or how to make them: a demo has many messages and few of them are ever read. */
  readonly raw: Buffer | (() => Buffer);
  readonly flags?: readonly string[];
  /** Milliseconds since the epoch, or a Date; now unless given. */
  readonly internalDate?: number | Date;
  /** The next free one unless given. */
  readonly uid?: number;
}

/** A message of a Gmail account, which may be shown in many folders. */
export interface Labelled {
  /** Unsigned 64-bit numbers. */
  readonly msgId: bigint;
  readonly threadId: bigint;
  /** As X-GM-LABELS writes them, without the label of the folder that is looked into. */
  labelsBeside(folder: object): readonly string[];
}

/** A stored message. Its flags are changed through its folder only, which keeps the mod-sequences. */
export class Message {
  flags: ReadonlySet<string>;
  /** Somebody expunged it; a session that still shows it cannot read it any more. */
  expunged = false;
  /** Null: its server knows no labels. */
  labelled: Labelled | null = null;
  #size: number | null = null;
  readonly #raw: Buffer | (() => Buffer);

  constructor(
    public uid: number,
    given: NewMessage,
    readonly internalDate: number,
    public modseq: number,
  ) {
    this.#raw = given.raw;
    this.flags = new Set(given.flags ?? []);
  }

  /** Made anew at each reading when it was given as a function. */
  get raw(): Buffer {
    return typeof this.#raw === 'function' ? this.#raw() : this.#raw;
  }

  /** RFC822.SIZE, in bytes. */
  get size(): number {
    this.#size ??= this.raw.length;
    return this.#size;
  }
}
