import type { MessageInTransfer, Rate } from '../../protocol/entities.js';
import { SIDES, type Side } from '../../words/side.js';
import { RateMeter } from '../eta/rate-meter.js';
import type { MessageUnderWay } from '../imap/connection/under-way.js';
import type { Session } from '../imap/session/session.js';
import { Arrival } from './arrival.js';

/** A smaller message has arrived before anybody could read its progress. In bytes. */
const LARGE = 256 * 1024;

/** Everything that moves on the connections of a mailbox, over its attempts. Time is given, in milliseconds that never jump. */
export class Traffic {
  readonly #meters: Readonly<Record<Side, RateMeter>> = { source: new RateMeter(), destination: new RateMeter() };
  /** Bytes of connections that are closed. */
  readonly #before: Record<Side, number> = { source: 0, destination: 0 };
  /** Bytes of the open connections, at the last look. */
  #last: Record<Side, number> = { source: 0, destination: 0 };
  #sessions: readonly Session[] = [];
  #arrivals = new Map<Session, Arrival>();

  /** Takes the connections of an attempt in place of the former ones. */
  connected(sessions: readonly Session[]): void {
    for (const side of SIDES) this.#before[side] += this.#last[side];
    this.#last = { source: 0, destination: 0 };
    this.#sessions = sessions;
    this.#arrivals = new Map(sessions.map((session) => [session, new Arrival()]));
  }

  /** Bytes a second of the busier side, because each byte that is read is also written, now or later. */
  bytesPerSecond(at: number): Rate['bytes'] {
    return Math.max(...SIDES.map((side) => this.#perSecond(side, at)));
  }

  /** Wire name of the source folder whose message is being stored, else of the one being read; null: neither. */
  get folder(): string | null {
    const at = (side: Side) => this.#of(side).flatMap(({ wire }) => wire.underWay.folder ?? [])[0];
    return at('destination') ?? at('source') ?? null;
  }

  /** The largest message that is under way; null: none is large. */
  message(at: number): MessageInTransfer | null {
    let largest: MessageInTransfer | null = null;
    for (const side of SIDES) {
      for (const session of this.#of(side)) {
        const { message } = session.wire.underWay;
        if (!message || message.bytes < LARGE || message.bytes <= (largest?.bytes ?? 0)) continue;
        const rate = this.#perSecond(side, at);
        const moved = side === 'source' ? message.moved : this.#arrivedOf(session, at, message);
        const left = rate > 0 ? ((message.bytes - moved) / rate) * 1000 : null;
        largest = { side, bytes: message.bytes, moved, left };
      }
    }
    return largest;
  }

  #perSecond(side: Side, at: number): number {
    const meter = this.#meters[side];
    this.#last[side] = this.#bytes(side, at);
    meter.sample(at, this.#before[side] + this.#last[side]);
    return meter.rate(at);
  }

  #arrivedOf(session: Session, at: number, { bytes }: MessageUnderWay): number {
    const { traffic } = session.wire;
    const arrived = this.#arrivals.get(session)?.look(at, traffic) ?? traffic.out;
    return Math.round(Math.min(bytes, Math.max(0, arrived - traffic.arrived)));
  }

  #of(side: Side): readonly Session[] {
    return this.#sessions.filter(({ wire }) => wire.side === side && !wire.lost);
  }

  /** Bytes in both directions, because lists are read at the destination, too. */
  #bytes(side: Side, at: number): number {
    return this.#sessions.reduce((sum, session) => {
      const { wire } = session;
      if (wire.side !== side) return sum;
      return sum + wire.traffic.in + (this.#arrivals.get(session)?.look(at, wire.traffic) ?? 0);
    }, 0);
  }
}
