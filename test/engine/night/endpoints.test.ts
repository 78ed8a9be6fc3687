import { describe, expect, it } from 'vitest';
import { answer, bye, drop, type Rule, when, whenConnected } from '../../../demo/server/index.js';
import { reasonText } from '../../../src/words/reason-text.js';
import { aNight, type Night } from '../../support/night.js';
import type { NightServer } from '../../support/night-server.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { during, HOUR, MINUTE } from '../../support/trouble.js';

/** All that come while so many connections are open are sent away, whoever they are. */
const bears =
  (server: NightServer, connections: number): Rule =>
  (event) =>
    event.at === 'connect' && server.server.connections > connections
      ? bye('[UNAVAILABLE] Too many connections from your IP address')
      : undefined;

/** The reasons to wait that mailboxes were told, in the order in which it was first said. */
const told = (night: Night): string[] => [
  ...new Set(
    night.events.flatMap((event) =>
      event.type === 'mailbox' && event.mailbox.state.kind === 'queued' ? [reasonText(event.mailbox.state.why)] : [],
    ),
  ),
];

const attempts = (night: Night) => night.users.map((user) => night.mailbox(user).attempts);

function expectAllThere(night: Night): void {
  for (const user of night.users) expectSameMail(night, user);
}

describe('an endpoint that bears few connections', () => {
  it.each([
    ['source', 1],
    ['source', 3],
    ['destination', 1],
    ['destination', 3],
  ] as const)('(%s, %i in all) is given no more, and the whole batch arrives', async (side, ceiling) => {
    const night = await aNight({ mailboxes: 8, [side]: { latencyMs: 2000 } });
    const refusals: number[] = [];
    const rule = bears(night[side], ceiling);
    night[side].goesWrong((event) => {
      const fault = rule(event);
      if (fault) refusals.push(night.clock.now());
      return fault;
    });
    expect(await night.run()).toBe(0);
    expectAllThere(night);
    expect(told(night)).toContainEqual(expect.stringMatching(new RegExp(`^${side} bears \\d connections?$`)));
    // All came at once and were sent away once; after that one more is tried every few minutes.
    const later = refusals.filter((at) => at - night.clock.began > MINUTE);
    const minutes = (night.clock.now() - night.clock.began) / MINUTE;
    expect(later.length).toBeLessThanOrEqual(1 + minutes / 3);
    const errors = await Promise.all(night.users.map((user) => night.errors(user)));
    expect(errors.flat()).toEqual([]);
  });

  it('is asked for more again when it bears more', async () => {
    const night = await aNight({
      mailboxes: 30,
      source: { latencyMs: 20 },
      options: { concurrency: 10, stagger: { min: 60, max: 60 } },
      mail: () => ({ INBOX: letters(20) }),
    });
    night.source.goesWrong(during(night.clock, 0, 2 * MINUTE, bears(night.source, 1)));
    const allowed = () =>
      night.events.flatMap((event) => (event.type === 'batch' ? [event.batch.endpoints.source[0]!.allowed] : []));
    expect(await night.run()).toBe(0);
    expectAllThere(night);
    expect(Math.min(...allowed())).toBe(1);
    expect(allowed().at(-1)).toBeGreaterThan(5);
  });
});

describe('one mailbox’s own throttling', () => {
  it('leaves the others and their connections as they were', async () => {
    const options = { mailboxes: 6, source: { latencyMs: 20 } };
    const undisturbed = await aNight(options);
    await undisturbed.run();
    const night = await aNight(options);
    const own = answer('NO [LIMIT] Too many connections for user1, rate limit exceeded');
    night.source.goesWrong(during(night.clock, 0, 10 * MINUTE, when('LIST', own, { account: 'user1' })));
    expect(await night.run()).toBe(0);
    expectAllThere(night);
    for (const user of night.users.slice(1)) {
      expect(night.mailbox(user).endedAt).toBe(undisturbed.mailbox(user).endedAt);
      expect(night.mailbox(user).attempts).toBe(1);
    }
    const seen = night.events.flatMap((event) => (event.type === 'batch' ? [event.batch.endpoints.source[0]!] : []));
    expect(new Set(seen.map(({ allowed }) => allowed))).toEqual(new Set([200]));
    expect(seen.every(({ throttledUntil, circuit }) => throttledUntil === null && circuit === null)).toBe(true);
  });
});

describe('an endpoint that is gone for a while', () => {
  const options = { mailboxes: 20, options: { stagger: { min: 60, max: 60 } } };
  const down = whenConnected(bye('[UNAVAILABLE] Down for scheduled maintenance'));

  it('is left alone: one mailbox tries, the others say until when and why, and count no attempts', async () => {
    const night = await aNight(options);
    night.source.goesWrong(during(night.clock, 5.5 * MINUTE, 80 * MINUTE, down));
    expect(await night.run()).toBe(0);
    expectAllThere(night);
    const outage = night.source.connectedAt
      .map((at) => at - night.clock.began)
      .filter((at) => at >= 5.5 * MINUTE && at < 80 * MINUTE);
    // Three mailboxes met it on both their connections; then one at a time, 5, 10, 20, 30 minutes apart.
    expect(outage.length).toBeLessThanOrEqual(2 * 3 + 2 * 5);
    expect(Math.max(...attempts(night))).toBeLessThanOrEqual(5);
    expect(attempts(night).filter((count) => count === 1).length).toBeGreaterThanOrEqual(13);
    expect(told(night)).toContainEqual(
      'source: * BYE [UNAVAILABLE] Down for scheduled maintenance; one mailbox tries first',
    );
    const circuits = night.events.flatMap((event) =>
      event.type === 'batch' ? [event.batch.endpoints.source[0]!.circuit] : [],
    );
    expect(circuits).toContainEqual({
      until: expect.any(Number),
      because: '* BYE [UNAVAILABLE] Down for scheduled maintenance',
    });
    expect(circuits.at(-1)).toBeNull();
  });

  it('is come back to one after the other', async () => {
    const night = await aNight({ mailboxes: 20, source: { latencyMs: 20 }, mail: () => ({ INBOX: letters(30) }) });
    expect(await night.run()).toBe(0);
    night.source.forget();
    for (const user of night.users) night.source.fill(user, { INBOX: letters(5, 'new') });
    night.source.goesWrong(during(night.clock, 0, night.clock.now() - night.clock.began + 20 * MINUTE, down));
    expect(await night.run()).toBe(0);
    expectAllThere(night);
    const starts = night.users.map((user) => night.source.sent('LIST', user)[0]!.when).sort((a, b) => a - b);
    const [probe, ...others] = starts;
    expect(others[0]! - probe!).toBeGreaterThan(0);
    const gaps = others.slice(1).map((at, i) => at - others[i]!);
    expect(gaps.filter((gap) => gap >= 500).length).toBeGreaterThanOrEqual(15);
    expect(starts.at(-1)! - probe!).toBeLessThan(MINUTE);
  });

  it('for a day holds all who need it, asks once, and lets them go on when one got in by order', async () => {
    const night = await aNight({ mailboxes: 6, options: { stagger: { min: 60, max: 60 } } });
    night.destination.goesWrong(whenConnected(drop()));
    const { engine, done } = night.start();
    const leave = engine.attend();
    await night.clock.passes(26 * HOUR);
    for (const user of night.users) expect(night.mailbox(user).state).toMatchObject({ kind: 'held' });
    const asked = night.log.filter(({ level }) => level === 'error').map(({ mailbox }) => mailbox);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked).size).toBe(asked.length);
    const before = night.destination.connectedAt.length;
    await night.clock.passes(HOUR);
    expect(night.destination.connectedAt.length).toBe(before);
    night.destination.isWell();
    await engine.command({ do: 'start', mailbox: 'user5' });
    leave();
    expect(await night.clock.until(done)).toBe(0);
    expectAllThere(night);
  });

  it('for a day ends the run of which nobody is there to say what is to be done', async () => {
    const night = await aNight({ mailboxes: 6, options: { stagger: { min: 60, max: 60 } } });
    night.destination.goesWrong(whenConnected(drop()));
    expect(await night.run()).toBe(3);
    expect((night.clock.now() - night.clock.began) / HOUR).toBeLessThan(25);
  });
});
