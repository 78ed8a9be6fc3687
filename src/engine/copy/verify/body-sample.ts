import { crc32 } from 'node:zlib';
import type { Random } from '../../../words/clock.js';
import type { Literal } from '../../imap/grammar/response-reader.js';

/** A stretch of a message as it was sent, to be held against the same bytes at the destination. */
export interface Stretch {
  readonly from: number;
  /** Bytes; behind the end of the message there may be fewer. */
  readonly length: number;
  /** CRC-32 of the bytes. */
  readonly print: number;
}

/** Of each folder so many messages at least are held against what was sent, and of a large one a share besides. */
const AT_LEAST = 100;
const SHARE = 1 / 32;
/** Bytes up to which a message is compared whole; of a longer one as many are. */
const LENGTH = 4096;

/** How many of a folder's messages are compared. */
export function sampleSize(messages: number): number {
  return Math.min(messages, Math.max(AT_LEAST, Math.ceil(messages * SHARE)));
}

/**
 * Chooses messages of a folder by chance, and a stretch of each. Messages of about the same size have theirs at the same
 * place, so that one command asks for many.
 */
export class BodySample {
  #left: number;
  #wanted: number;
  readonly #place: number;

  /** @param messages  that are to be copied */
  constructor(
    messages: number,
    private readonly random: Random,
  ) {
    this.#left = messages;
    this.#wanted = sampleSize(messages);
    this.#place = random();
  }

  /** Called once for each message. @returns null where it is not chosen */
  stretchOf(body: Literal): Stretch | null {
    const isChosen = this.random() * this.#left < this.#wanted;
    this.#left--;
    if (!isChosen) return null;
    this.#wanted--;
    const from = placeIn(body.length, this.#place);
    return { from, length: LENGTH, print: printOf(body, from, LENGTH) };
  }
}

/**
 * Where the stretch of a message begins: at most two places for all sizes between two powers of two.
 *
 * @param place  0 <= x < 1
 */
function placeIn(size: number, place: number): number {
  if (size <= LENGTH) return 0;
  const span = 2 ** Math.ceil(Math.log2(size));
  const at = Math.floor(place * span);
  return at < size ? at : at - span / 2;
}

/** CRC-32 of bytes of a literal. */
export function printOf({ slices }: Literal, from: number, length: number): number {
  let print = 0;
  let at = 0;
  for (const slice of slices) {
    const begin = Math.max(0, from - at);
    const end = Math.min(slice.length, from + length - at);
    if (begin < end) print = crc32(slice.subarray(begin, end), print);
    at += slice.length;
    if (at >= from + length) break;
  }
  return print;
}
