import { expect } from 'vitest';
import type { FaultEvent, Rule } from '../../demo/server/index.js';
import type { Direction } from '../../demo/server/wire/wire.js';
import type { Night } from './night.js';
import type { NightClock } from './night-clock.js';

/** The connection drops at exactly this byte of all that the server receives or sends, over all its lines. */
export function cutAtByte(direction: Direction, byte: number): Rule {
  let total = 0;
  let done = false;
  return (event) => {
    if (event.at !== 'bytes' || event.direction !== direction || done) return undefined;
    const before = total;
    total += event.to - event.from;
    if (total < byte) return undefined;
    done = true;
    return { kind: 'drop', after: event.from + (byte - before) };
  };
}

/** Does something once, when the server has received or sent so many bytes in all. */
export function atByte(direction: Direction, byte: number, act: () => void): (event: FaultEvent) => void {
  let total = 0;
  let done = false;
  return (event) => {
    if (event.at !== 'bytes' || event.direction !== direction || done) return;
    total += event.to - event.from;
    if (total < byte) return;
    done = true;
    act();
  };
}

/** An engine begins the night, and is killed when the destination has received so many bytes. */
export async function killedAtByte(night: Night, bytes: number): Promise<void> {
  const running = night.start();
  let killed = false;
  night.destination.watch(
    atByte('received', bytes, () => {
      killed = true;
      running.kill();
    }),
  );
  await night.clock.until(Promise.race([running.done, night.clock.sleep(60_000)]));
  expect(killed).toBe(true);
}

/** Holds only in this stretch of the night, in milliseconds after its beginning. */
export function during(clock: NightClock, from: number, to: number, rule: Rule): Rule {
  return (event) => {
    const at = clock.now() - clock.began;
    return at >= from && at < to ? rule(event) : undefined;
  };
}

/** Bytes that a server has received and sent in all. */
export class ByteCount {
  readonly received = () => this.#of.received;
  readonly sent = () => this.#of.sent;
  readonly #of = { received: 0, sent: 0 };

  readonly watch = (event: FaultEvent): void => {
    if (event.at === 'bytes') this.#of[event.direction] += event.to - event.from;
  };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
