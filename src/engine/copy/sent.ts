import type { Repair } from '../../words/findings/repairs.js';
import type { Literal } from '../imap/grammar/response-reader.js';
import { identityOf } from './message/identity.js';
import type { Todo } from './transfer/chunks.js';
import type { BodySample, Stretch } from './verify/body-sample.js';

/** One message as it was sent, to compare with what is read back. */
export interface SentMessage {
  readonly size: number;
  /** Milliseconds since the epoch; undefined where the source's date names no instant. */
  readonly date: number | undefined;
  readonly flags: readonly string[];
  /** SHA-256 of the bytes where they are odd enough to be read back whole, or `UNREAD`; '' elsewhere. */
  readonly exact: string;
  /** Absent where it was sent as the source has it. */
  readonly otherwise?: SentOtherwise;
}

/** By what a message of the sample is known again. */
export interface Known {
  /** See `identityOf`. */
  readonly identity: number;
  readonly stretch: Stretch;
}

/** Changes that an operator ordered before it was sent. */
export interface SentOtherwise {
  readonly flagsLeftOut: readonly string[];
  readonly repairs: readonly Repair[];
}

/** It is odd, but its bytes were sent by an earlier run: the source is asked for them again. */
export const UNREAD = 'unread';

/**
 * A folder's messages in this pass, in columns: half a million of them must be a few MB.
 * In ascending order of UID.
 */
export class SentTable {
  readonly #uids: Float64Array;
  readonly #sizes: Float64Array;
  readonly #dates: Float64Array;
  readonly #flags: Uint32Array;
  readonly #sampled = new Map<number, Known>();
  readonly #exact = new Map<number, string>();
  readonly #otherwise = new Map<number, SentOtherwise>();
  readonly #flagSets: (readonly string[])[] = [[]];
  readonly #flagIds = new Map<string, number>();

  /**
   * @param todo    in ascending order of UID
   * @param sample  chooses those whose bytes are compared
   */
  constructor(
    todo: Iterable<Todo> & { readonly length: number },
    private readonly sample: BodySample,
  ) {
    this.#uids = new Float64Array(todo.length);
    let at = 0;
    for (const { uid } of todo) this.#uids[at++] = uid;
    this.#sizes = new Float64Array(todo.length).fill(-1);
    this.#dates = new Float64Array(todo.length);
    this.#flags = new Uint32Array(todo.length);
  }

  record(uid: number, sent: SentMessage): void {
    const at = this.#find(uid);
    if (at < 0) return;
    this.#sizes[at] = sent.size;
    this.#dates[at] = sent.date ?? Number.NaN;
    this.#flags[at] = this.#flagId(sent.flags);
    if (sent.exact) this.#exact.set(uid, sent.exact);
    if (sent.otherwise) this.#otherwise.set(uid, sent.otherwise);
  }

  get(uid: number): SentMessage | undefined {
    const at = this.#find(uid);
    if (at < 0 || this.#sizes[at]! < 0) return undefined;
    const date = this.#dates[at]!;
    const otherwise = this.#otherwise.get(uid);
    return {
      size: this.#sizes[at]!,
      date: Number.isNaN(date) ? undefined : date,
      flags: this.#flagSets[this.#flags[at]!]!,
      exact: this.#exact.get(uid) ?? '',
      ...(otherwise ? { otherwise } : {}),
    };
  }

  /** The message is about to be sent. Of the sample it is remembered by what it is known again. */
  sends(uid: number, sent: SentMessage, body: Literal): void {
    this.record(uid, sent);
    const stretch = this.sample.stretchOf(body);
    if (stretch) this.#sampled.set(uid, { identity: identityOf(body), stretch });
  }

  /** By source UID: messages that are compared by header and bytes. */
  get sampled(): ReadonlyMap<number, Known> {
    return this.#sampled;
  }

  /** UIDs of the messages that were sent with such a flag. */
  *withFlag(isSought: (flag: string) => boolean): Iterable<number> {
    const ids = new Set(this.#flagSets.flatMap((flags, id) => (flags.some(isSought) ? [id] : [])));
    if (ids.size === 0) return;
    for (let at = 0; at < this.#uids.length; at++)
      if (this.#sizes[at]! >= 0 && ids.has(this.#flags[at]!)) yield this.#uids[at]!;
  }

  #flagId(flags: readonly string[]): number {
    if (flags.length === 0) return 0;
    const key = flags.join(' ');
    let id = this.#flagIds.get(key);
    if (id === undefined) {
      id = this.#flagSets.push(flags) - 1;
      this.#flagIds.set(key, id);
    }
    return id;
  }

  #find(uid: number): number {
    let low = 0;
    let high = this.#uids.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#uids[middle]!;
      if (found === uid) return middle;
      if (found < uid) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
