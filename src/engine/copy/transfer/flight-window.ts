/** Bytes that may be without an answer while nothing was measured yet. */
const AT_FIRST = 64 * 1024;
/** Milliseconds of sending that may be without an answer, besides the command that is being answered. */
const SPAN = 2500;
/**
 * Milliseconds of sending in one command. A killed client's commands are stored one by one, and UIDNEXT moves with
 * each, so a wait can see them.
 */
const COMMAND_SPAN = 500;
/** Milliseconds of work over which a rate is taken. */
const MEASURED_OVER = 3000;
const SAMPLE_EVERY = 50;
/**
 * How many bytes may go for each byte that was answered. A first burst into the buffers of a slow path measures
 * nothing.
 */
const GROWTH = 4;

/** A command without an answer. */
export interface Sent {
  readonly bytes: number;
}

interface Sample {
  /** Milliseconds of work before it. */
  readonly worked: number;
  /** Bytes answered before it. */
  readonly answered: number;
}

/**
 * How many bytes may be without an answer on one connection: about three seconds of what it was measured to
 * carry. What is written beyond that only waits in kernels and on the path, and a killed client's is stored
 * long after its end. Measured by answers, for a write is over when the kernel has the bytes.
 *
 * Time is given, in milliseconds that never jump.
 */
export class FlightWindow {
  readonly #sent: Sent[] = [];
  readonly #samples: Sample[] = [{ worked: 0, answered: 0 }];
  #inFlight = 0;
  #answered = 0;
  /** Milliseconds in which something was without an answer. A connection with nothing to do is not slow. */
  #worked = 0;
  #workingSince: number | null = null;

  /** Bytes without an answer. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Commands without an answer. */
  get commands(): number {
    return this.#sent.length;
  }

  /** Bytes of the largest command without an answer; 0: there is none. */
  get largest(): number {
    return this.#sent.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  }

  /** A command is written. @returns to be given back with its answer */
  sent(bytes: number, now: number): Sent {
    const sent = { bytes };
    if (this.#sent.length === 0) this.#workingSince = now;
    this.#sent.push(sent);
    this.#inFlight += bytes;
    return sent;
  }

  /** Takes the answer to a command, whatever it was. A second answer to it counts for nothing. */
  answered(sent: Sent, now: number): void {
    const at = this.#sent.indexOf(sent);
    if (at < 0) return;
    this.#sent.splice(at, 1);
    this.#inFlight -= sent.bytes;
    this.#answered += sent.bytes;
    this.#worked = this.#workedBy(now);
    this.#workingSince = this.#sent.length > 0 ? now : null;
    this.#sample();
  }

  /** Bytes a second that are answered, over the last three seconds of work; null before the first answer. */
  rate(now: number): number | null {
    if (this.#answered === 0) return null;
    const worked = this.#workedBy(now);
    let since = this.#samples[0]!;
    for (const sample of this.#samples) if (sample.worked <= worked - MEASURED_OVER) since = sample;
    return ((this.#answered - since.answered) * 1000) / Math.max(1, worked - since.worked);
  }

  /**
   * Bytes that may be without an answer, beside the oldest command.
   *
   * @param roundTrip milliseconds: where an answer is that long under way, as much more is
   */
  size(now: number, roundTrip = 0): number {
    const rate = this.rate(now);
    if (rate === null) return AT_FIRST;
    return Math.min((rate * (SPAN + roundTrip)) / 1000, AT_FIRST + GROWTH * this.#answered);
  }

  /** Bytes that one command should not exceed. A single message may. */
  commandSize(now: number, roundTrip = 0): number {
    return (this.size(now, roundTrip) * COMMAND_SPAN) / SPAN;
  }

  /** Whether a command may be written now. One message is always let through alone, whatever its size. */
  admits(bytes: number, now: number, roundTrip = 0): boolean {
    const [oldest] = this.#sent;
    return oldest === undefined || this.#inFlight - oldest.bytes + bytes <= this.size(now, roundTrip);
  }

  #sample(): void {
    if (this.#worked - this.#samples.at(-1)!.worked < SAMPLE_EVERY) return;
    this.#samples.push({ worked: this.#worked, answered: this.#answered });
    while (this.#samples.length > 1 && this.#samples[1]!.worked <= this.#worked - MEASURED_OVER) this.#samples.shift();
  }

  #workedBy(now: number): number {
    return this.#workingSince === null ? this.#worked : this.#worked + Math.max(0, now - this.#workingSince);
  }
}
