/** A message of which some bytes have moved, or are about to. */
export interface MessageUnderWay {
  readonly bytes: number;
  readonly moved: number;
}

/** The message that a connection is copying. */
export interface UnderWay {
  /** Wire name of the source folder; null: it copies nothing. */
  readonly folder: string | null;
  /** The message that is being read, or written; null: none, or it is between two. */
  readonly message: MessageUnderWay | null;
}

/** Bytes that came and went on a connection since it was opened. */
export interface Traffic {
  readonly in: number;
  /** Bytes that the kernel took. */
  readonly out: number;
  /** Bytes before the oldest command without an answer: these have arrived for certain. */
  readonly arrived: number;
}
