import { describe, expect, it } from 'vitest';
import { EtaOfBatch, type Moment } from '../../../src/engine/eta/eta.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import { aMailbox, counts } from '../../ui/support/a-batch.js';

const START = Date.UTC(2026, 0, 15, 22, 0, 0);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One of 1,000 messages that copies one a second. */
const copying = (seconds: number): MailboxEntity =>
  aMailbox('ann@new.example', {
    state: { kind: 'copying' },
    counts: counts(1_000, seconds),
    expected: { messages: 1_000, bytes: 1_000 * 100_000, weighed: 1_000, by: 'pass' },
    attempts: 1,
  });

const aMoment = (ms: number, entities: readonly MailboxEntity[], more: Partial<Moment> = {}): Moment => ({
  now: START + ms,
  monotonic: ms,
  mailboxes: { size: entities.length, entities },
  rules: { stagger: { min: 0, max: 0 }, concurrency: 8 },
  nextFirstAt: 0,
  window: null,
  restsFor: () => 0,
  ...more,
});

/** Looked at every two seconds for two minutes. */
function lookedAt(others: readonly MailboxEntity[] = [], more: Partial<Moment> = {}): EtaOfBatch {
  const eta = new EtaOfBatch();
  for (let second = 0; second <= 120; second += 2)
    eta.look(aMoment(second * 1_000, [copying(second), ...others], more));
  return eta;
}
const minutesOff = (told: { at: number } | null, at: number) => Math.abs((told?.at ?? 0) - at) / MINUTE;

describe('the end that is told', () => {
  it('is that of the work at its pace', () => {
    expect(minutesOff(lookedAt().told, START + 1_000 * 1_000)).toBeLessThan(2);
  });

  it('is told as soon as small mailboxes are through, one of which took no ten seconds', () => {
    const eta = new EtaOfBatch();
    const small = (id: string, kind: 'queued' | 'copying' | 'synced', copied: number): MailboxEntity =>
      aMailbox(`${id}@new.example`, {
        state:
          kind === 'queued'
            ? { kind, startsAt: null, why: { key: 'not started' } }
            : kind === 'copying'
              ? { kind }
              : { kind, at: START },
        counts: counts(kind === 'queued' ? 0 : 24, copied),
        expected: kind === 'queued' ? null : { messages: 24, bytes: 96_000, weighed: 24, by: 'pass' },
        attempts: kind === 'queued' ? 0 : 1,
      });
    // All messages of a mailbox are answered at once, when its six seconds are over.
    for (let second = 0; second <= 18; second += 2) {
      const at = Math.floor(second / 6);
      const states = [0, 1, 2, 3].map((index) => (index < at ? 'synced' : index === at ? 'copying' : 'queued'));
      eta.look(
        aMoment(
          second * 1_000,
          states.map((kind, index) => small(`m${index}`, kind as 'copying', kind === 'synced' ? 24 : 0)),
        ),
      );
    }
    expect(eta.told).not.toBeNull();
    expect(Math.abs((eta.told?.at ?? 0) - (START + 24_000))).toBeLessThan(6_000);
  });

  it('is not put off by a mailbox that an operator gave up', () => {
    const gone = aMailbox('tom@new.example', {
      state: { kind: 'given-up', at: START, by: 'eva', reason: 'left' },
      counts: counts(50_000, 0),
      expected: { messages: 50_000, bytes: 50_000 * 100_000, weighed: 50_000, by: 'look' },
    });
    expect(minutesOff(lookedAt([gone]).told, START + 1_000 * 1_000)).toBeLessThan(2);
  });

  it('is put off, at most, by one that is held', () => {
    const held = aMailbox('tom@new.example', {
      state: { kind: 'held', because: { key: 'bug', text: '' }, asks: { key: 'password' } },
      counts: counts(5_000, 0),
      expected: { messages: 5_000, bytes: 5_000 * 100_000, weighed: 5_000, by: 'look' },
    });
    const [alone, both] = [lookedAt().told, lookedAt([held]).told];
    expect(both?.at).toBe(alone?.at);
    expect(both?.to).toBeGreaterThan(alone?.to ?? 0);
  });

  it('does not take a day on which the window was closed for a day of work', () => {
    const window = { from: 22 * 60, to: 22 * 60 + 2, zone: 'UTC' };
    const eta = lookedAt([], { window });
    // 1,000 s of work in windows of 120 s.
    expect(minutesOff(eta.told, START + 8 * DAY)).toBeLessThan(25 * 60);
    eta.look(aMoment(DAY, [copying(121)], { window }));
    const told = eta.look(aMoment(DAY + 20_000, [copying(140)], { window }));
    expect(minutesOff(told, START + 8 * DAY)).toBeLessThan(25 * 60);
  });

  it('has a range of open time: in one window it does not reach into other days', () => {
    const window = { from: 22 * 60, to: 23 * 60, zone: 'UTC' };
    const told = lookedAt([], { window }).told;
    expect(told?.from).toBeGreaterThan(START);
    expect(told?.to).toBeLessThan(START + 60 * MINUTE);
  });
});
