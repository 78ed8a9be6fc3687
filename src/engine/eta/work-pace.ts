/** A stretch of the work on one mailbox. */
export interface Stretch {
  readonly ms: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Milliseconds that work takes, by what it is of. */
export interface Cost {
  readonly perMessage: number;
  readonly perByte: number;
}

/** Work that was seen longer ago than this counts half, in milliseconds of the work of one mailbox. */
const HALF_LIFE = 20 * 60_000;
/** Before enough was seen, half of the time is taken to go by messages and half by bytes: as much as so many stretches say. */
const PRIOR = 4;

/**
 * Learns how long a message and a byte take while one mailbox is worked on. On a slow connection bytes take the time, on a
 * long one messages do: what the stretches of all mailboxes took says how much of each. The sum is always right: as
 * much work as was seen is told to take as long as it took.
 */
export class WorkPace {
  /** Sums over stretches, those of long ago counted less. */
  #ms = 0;
  #messages = 0;
  #bytes = 0;
  #count = 0;
  #mm = 0;
  #bb = 0;
  #mb = 0;
  #tm = 0;
  #tb = 0;

  /** @param stretch  of about the same length each, copied or waiting */
  note({ ms, messages, bytes }: Stretch, atWork: number): void {
    if (ms <= 0) return;
    // With many mailboxes at work the same time is seen many times over.
    const fades = 0.5 ** (ms / Math.max(1, atWork) / HALF_LIFE);
    this.#ms = this.#ms * fades + ms;
    this.#messages = this.#messages * fades + messages;
    this.#bytes = this.#bytes * fades + bytes;
    this.#count = this.#count * fades + 1;
    this.#mm = this.#mm * fades + messages * messages;
    this.#bb = this.#bb * fades + bytes * bytes;
    this.#mb = this.#mb * fades + messages * bytes;
    this.#tm = this.#tm * fades + ms * messages;
    this.#tb = this.#tb * fades + ms * bytes;
  }

  /** Null while nothing was seen to move. */
  get cost(): Cost | null {
    if (this.#ms === 0 || (this.#messages === 0 && this.#bytes === 0)) return null;
    // All of the time on messages, or all of it on bytes: the truth lies between.
    const perMessage = this.#messages > 0 ? this.#ms / this.#messages : 0;
    const perByte = this.#bytes > 0 ? this.#ms / this.#bytes : 0;
    if (this.#messages === 0) return { perMessage: 0, perByte };
    if (this.#bytes === 0) return { perMessage, perByte: 0 };
    const share = this.#shareOfMessages(perMessage, perByte);
    return { perMessage: perMessage * share, perByte: perByte * (1 - share) };
  }

  /** 0 to 1, by least squares: time = share * messages * perMessage + (1 - share) * bytes * perByte. */
  #shareOfMessages(perMessage: number, perByte: number): number {
    const [p, q] = [perMessage, perByte];
    const over = p * this.#tm - q * this.#tb - p * q * this.#mb + q * q * this.#bb;
    const under = p * p * this.#mm - 2 * p * q * this.#mb + q * q * this.#bb;
    const each = this.#ms / Math.max(1, this.#count);
    const weight = PRIOR * each * each;
    return Math.min(1, Math.max(0, (over + weight / 2) / (under + weight)));
  }
}

/** Milliseconds for so much work. */
export function timeFor(
  { perMessage, perByte }: Cost,
  work: { readonly messages: number; readonly bytes: number },
): number {
  return Math.max(0, work.messages) * perMessage + Math.max(0, work.bytes) * perByte;
}
