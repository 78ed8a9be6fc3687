import type { Flight } from '../../../store/ledger/flight.js';
import type { Clock } from '../../../words/clock.js';
import type { Outgoing } from '../../imap/commands/append.js';
import type { ConnectionLost } from '../../imap/connection/connection-lost.js';
import { LONGEST } from '../../imap/connection/silence-limits.js';
import type { Session } from '../../imap/session/session.js';
import { LostSends, type LostWith } from '../../isolate/sent-unanswered.js';
import { FlightWindow } from './flight-window.js';

/** Flags, date and brackets of one message, in bytes, about. */
const AROUND_EACH = 100;

/** Seconds. A command that takes longer is written down before its first byte is sent. */
const LONG = 4;
/** Bytes a second of a connection that was not measured yet. */
const NOT_MEASURED = 20_000;

/** A command that is under way. */
interface SentCommand {
  readonly answered: () => void;
  readonly failed: (why: unknown) => never;
}

/**
 * Sends messages to the destination in their order, as its connections have room. Each connection has at most as much
 * under way as it carries in about three seconds.
 */
export class AppendGate {
  readonly #windows: readonly FlightWindow[];
  #messages = 0;
  /** Bytes that are about to be sent. */
  #announced = 0;
  /** Bytes under way, as they were last written down. */
  #noted = 0;
  #changed: () => void = () => {};
  #change = this.#nextChange();
  readonly #sends = new LostSends();
  #ended: { readonly why: unknown } | null = null;

  constructor(
    private readonly writers: readonly Session[],
    private readonly clock: Clock,
  ) {
    this.#windows = writers.map(() => new FlightWindow());
  }

  /** The commands without an answer, to be written down: after a crash the next run waits for them. */
  note(): Flight {
    const { flight } = this;
    this.#noted = flight.bytes + this.#announced;
    return { ...flight, bytes: this.#noted, largest: Math.max(flight.largest, this.#announced) };
  }

  /** Writes down what is about to be sent, where it takes long.  @param write  puts what {@link note} gives on disk */
  async announce(messages: readonly Outgoing[], write: () => Promise<void>): Promise<void> {
    const { bytes, bytesPerSecond } = this.flight;
    const all = bytes + totalOf(messages);
    if (all <= this.#noted || all / (bytesPerSecond || NOT_MEASURED) <= LONG) return;
    this.#announced = totalOf(messages);
    try {
      await write();
    } finally {
      this.#announced = 0;
    }
  }

  get flight(): Flight {
    const now = this.clock.monotonic();
    const rates = this.#windows.flatMap((window) => window.rate(now) ?? []);
    return {
      bytes: this.#windows.reduce((sum, { inFlight }) => sum + inFlight, 0),
      messages: this.#messages,
      largest: this.#windows.reduce((most, { largest }) => Math.max(most, largest), 0),
      bytesPerSecond: rates.length === 0 ? null : Math.round(rates.reduce((a, b) => a + b, 0)),
    };
  }

  /**
   * Waits until the first of these has room. One asks at a time, and writes at once.
   *
   * @param most messages that may go in one command
   * @returns how many of them go in the next command
   * @throws what {@link end} was given
   */
  async room(messages: readonly Outgoing[], most: number): Promise<number> {
    const [first] = messages;
    if (!first) return 0;
    for (;;) {
      if (this.#ended) throw this.#ended.why;
      const writer = this.leastBusy();
      const [window, roundTrip] = [this.#windows[writer]!, this.writers[writer]!.wire.roundTrip];
      const now = this.clock.monotonic();
      let bytes = bytesOf(first);
      if (!window.admits(bytes, now, roundTrip)) {
        await this.#change;
        continue;
      }
      const limit = window.commandSize(now, roundTrip);
      let count = 1;
      while (count < Math.min(most, messages.length)) {
        bytes += bytesOf(messages[count]!);
        if (bytes > limit || !window.admits(bytes, now, roundTrip)) break;
        count++;
      }
      return count;
    }
  }

  /**
   * Milliseconds of silence that a command is given: what lies in kernels and on the path is no silence of the server.
   *
   * @param usual  of a command without bytes
   */
  patience(writer: number, usual: number): number {
    const window = this.#windows[writer]!;
    const drain = (window.inFlight / (window.rate(this.clock.monotonic()) || NOT_MEASURED)) * 1000;
    return Math.min(LONGEST, usual + drain);
  }

  /** The connection that has the fewest bytes under way. */
  leastBusy(): number {
    let least = 0;
    for (let i = 1; i < this.#windows.length; i++)
      if (this.#windows[i]!.inFlight < this.#windows[least]!.inFlight) least = i;
    return least;
  }

  /** Connections that were lost with messages under way. */
  get lost(): ReadonlyMap<ConnectionLost, LostWith> {
    return this.#sends.connections;
  }

  /**
   * Counts a command as written.
   *
   * @returns `answered`: to be called with their answer, and never where none came: they stay unknown; `failed` ends
   *          all, and throws: callers that wait for room, or come later, get that thrown
   */
  sent(writer: number, messages: readonly Outgoing[]): SentCommand {
    const window = this.#windows[writer]!;
    const sent = window.sent(totalOf(messages), this.clock.monotonic());
    const number = this.#sends.sent();
    this.#messages += messages.length;
    return {
      answered: () => {
        window.answered(sent, this.clock.monotonic());
        this.#sends.answered(number);
        this.#messages -= messages.length;
        this.#wake();
      },
      failed: (why) => {
        this.#sends.failed(number, why);
        this.end(why);
        throw why;
      },
    };
  }

  /** Lets nothing through any more: callers that wait, or come later, get this thrown. */
  end(why: unknown): void {
    this.#ended ??= { why };
    this.#wake();
  }

  #wake(): void {
    const changed = this.#changed;
    this.#change = this.#nextChange();
    changed();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}

const bytesOf = ({ body }: Outgoing) => body.length + AROUND_EACH;
const totalOf = (messages: readonly Outgoing[]) => messages.reduce((sum, message) => sum + bytesOf(message), 0);
