import type { Response } from '../grammar/response-reader.js';

/** The part of an account that a command is about. */
export interface About {
  readonly folder: string;
  /** Null: the command names no single messages. */
  readonly outstanding: Outstanding | null;
}

/** Messages of which no row or answer has come. */
export interface Outstanding {
  /** `copy`: of the source, on their way to the destination; `rows`, `bodies`, `flags`: of the folder, as it is read and its flags are set. */
  readonly of: 'copy' | ReadAs;
  readonly uids: () => readonly number[];
}

/** A command without an answer when its connection was lost. */
export interface Unanswered {
  readonly name: string;
  readonly folder: string | null;
  /** Messages that the command named and of which nothing came, in its order; null: it named none. */
  readonly uids: readonly number[] | null;
  readonly of: Outstanding['of'] | null;
  /** Whether something of its answer came. */
  readonly isBegun: boolean;
  /** Milliseconds since it was sent. */
  readonly waited: number;
}

/** How a connection was lost: all facts that say what may have caused it. */
export interface Loss {
  /**
   * Commands that were sent and not answered, oldest first. A server works in this order, so the first is the most
   * likely cause.
   */
  readonly unanswered: readonly Unanswered[];
  /** UID of the FETCH row that broke off in the middle; null: none did. */
  readonly brokenRow: number | null;
  /** `silent`: no byte came for as long as we wait. */
  readonly how: 'dropped' | 'silent';
  /** Milliseconds since something of use came or went. */
  readonly silence: number;
  /** Milliseconds since the connection was opened. */
  readonly age: number;
  /** Bytes that the connection had carried, both ways. */
  readonly volume: number;
}

export const NOTHING_LOST: Loss = { unanswered: [], brokenRow: null, how: 'dropped', silence: 0, age: 0, volume: 0 };

/** Whether a FETCH row has a body and lacks its closing parenthesis. */
export function isRowWithoutEnd({ text, literals }: Response): boolean {
  return literals.length > 0 && !text.endsWith(')') && /^\* \d+ FETCH \(/i.test(text);
}

/** The UID that a broken FETCH row names before its body. */
export function uidOfBrokenRow(text: string): number | null {
  const uid = /^\* \d+ FETCH \((?:[^"]*[ (])?UID (\d{1,10})[ )]/i.exec(text)?.[1];
  return uid === undefined ? null : Number(uid);
}

/** How a folder is read: the rows of its messages, or their bodies. `flags`: flags are set. */
export type ReadAs = 'rows' | 'bodies' | 'flags';
