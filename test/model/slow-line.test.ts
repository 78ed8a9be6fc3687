import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Readings, Standstill } from '../../src/engine/copy/prepare/standstill.js';
import { FlightWindow } from '../../src/engine/copy/transfer/flight-window.js';
import type { Flight, FlightRecord } from '../../src/store/ledger/flight.js';

/** Nights on one slow line: a client sends folder after folder, is killed, and the path goes on delivering. */

const RUNS = Number(process.env.NIGHTFERRY_MODEL_RUNS ?? 3000);
const SEED = Number(process.env.NIGHTFERRY_MODEL_SEED ?? 1);

interface Night {
  /** Bytes a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly roundTrip: number;
  /** The path hands bytes on in pieces of this size. */
  readonly clump: number;
  /** Bytes of the messages of each folder. */
  readonly folders: readonly (readonly number[])[];
  readonly killedAt: number;
  readonly resumedAfter: number;
}

interface Command {
  readonly folder: number;
  readonly messages: number;
  /** When its last byte is at the server, and it is stored. */
  readonly storedAt: number;
}

const CHECKPOINT_EVERY = 3000;
const LOOK_EVERY = 250;
/** A message that takes longer than so many seconds is on disk before it is sent. */
const LONG = 4;

/** @returns what was sent until the kill, and what the disk says of it then */
function sendUntilKilled(night: Night): { readonly sent: readonly Command[]; readonly flight: FlightRecord } {
  const { rate, roundTrip, clump, killedAt } = night;
  const window = new FlightWindow();
  const rest = night.folders.flatMap((sizes, folder) => sizes.map((bytes) => ({ bytes, folder })));
  const sent: Command[] = [];
  const answers: { at: number; command: ReturnType<FlightWindow['sent']>; messages: number }[] = [];
  let [now, written, free, underWay] = [0, 0, 0, 0];
  let flight: Flight = { bytes: 0, messages: 0, largest: 0, bytesPerSecond: null };
  let nextCheckpoint = CHECKPOINT_EVERY;
  const note = (more: number): Flight => ({
    bytes: window.inFlight + more,
    messages: underWay,
    largest: Math.max(window.largest, more),
    bytesPerSecond: window.rate(now),
  });
  while (now < killedAt) {
    for (let first = rest[0]; first && window.admits(first.bytes, now, roundTrip); first = rest[0]) {
      let [bytes, messages] = [0, 0];
      const limit = window.commandSize(now, roundTrip);
      for (let next = rest[0]; next?.folder === first.folder; next = rest[0]) {
        if (messages > 0 && (bytes + next.bytes > limit || !window.admits(bytes + next.bytes, now, roundTrip))) break;
        bytes += next.bytes;
        messages++;
        rest.shift();
      }
      const seconds = (window.inFlight + bytes) / (window.rate(now) || 20_000);
      if (seconds > LONG) flight = note(bytes);
      free = Math.max(free, now) + (bytes / rate) * 1000;
      written += bytes;
      // The last byte waits for the rest of its piece, or for the end of what was written.
      const waits = ((Math.ceil(written / clump) * clump - written) / rate) * 1000;
      const storedAt = free + waits;
      sent.push({ folder: first.folder, messages, storedAt });
      answers.push({ at: storedAt + roundTrip, command: window.sent(bytes, now), messages });
      underWay += messages;
    }
    const next = answers[0];
    if (next && next.at <= nextCheckpoint) {
      answers.shift();
      now = Math.max(now, next.at);
      if (now >= killedAt) break;
      window.answered(next.command, now);
      underWay -= next.messages;
    } else {
      now = nextCheckpoint;
      if (now >= killedAt) break;
      flight = note(0);
      nextCheckpoint += CHECKPOINT_EVERY;
    }
  }
  return { sent, flight };
}

/** @returns messages that are stored after the wait of the next run is over */
function storedTooLate(night: Night): number {
  const { sent, flight } = sendUntilKilled(night);
  let now = night.killedAt + night.resumedAfter;
  const storedBy = (at: number): Readings => {
    const folders = new Map(night.folders.map((_, folder) => [String(folder), { uidNext: 1, messages: 0 }]));
    for (const { folder, messages, storedAt } of sent) {
      const there = folders.get(String(folder));
      if (!there || storedAt > at) continue;
      there.messages += messages;
      there.uidNext += messages;
    }
    return folders;
  };
  const still = new Standstill(flight, night.roundTrip, storedBy(now), now);
  while (still.left(now) > 0) {
    now += Math.min(LOOK_EVERY, still.left(now));
    still.saw(storedBy(now), now);
  }
  return sent.filter(({ storedAt }) => storedAt > now).reduce((sum, { messages }) => sum + messages, 0);
}

const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 400, max: 12_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 12_000, max: 200_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 3_000_000 }) },
);

const nights: fc.Arbitrary<Night> = fc.record({
  rate: fc.double({ min: Math.log10(15_000), max: 7, noNaN: true }).map((exponent) => 10 ** exponent),
  roundTrip: fc.integer({ min: 0, max: 200 }),
  clump: fc.constantFrom(1, 1460, 16_384, 65_536),
  folders: fc.array(fc.array(sizes, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 12 }),
  killedAt: fc.integer({ min: 1, max: 40_000 }),
  resumedAfter: fc.integer({ min: 0, max: 3000 }),
});

it('waits until the last message is stored that a killed client had sent, folder after folder', () => {
  const played = fc.check(
    fc.property(nights, (night) => storedTooLate(night) === 0),
    { numRuns: RUNS, seed: SEED },
  );
  expect(played.failed, JSON.stringify(played.counterexample)).toBe(false);
}, 300_000);
