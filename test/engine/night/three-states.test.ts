import { describe, expect, it } from 'vitest';
import { answer, delay, type Rule, when, whenMessage } from '../../../demo/server/index.js';
import { aNight, type Night, type NightOptions } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { during, MINUTE } from '../../support/trouble.js';

/**
 * The three states of a mailbox that an operator meets each night: in repair at the source, full at the
 * destination, read-only there for the cutover. ann is in that state; bob, eve and tom are not.
 */
const MESSAGES = 150;
const OTHERS = ['bob', 'eve', 'tom'];

/** Each message takes the destination four seconds: a mailbox is at work for ten minutes. */
const SLOW = when('APPEND', delay(4000));
const options: NightOptions = {
  mailboxes: ['ann', ...OTHERS],
  mail: (user) => ({ INBOX: letters(MESSAGES, user), Work: letters(10, `${user}-work`) }),
  destination: { without: ['MULTIAPPEND'] },
};

/** Messages that arrived at the destination, and those that it was offered in vain. */
interface Seen {
  readonly account: string;
  readonly subject: string;
  readonly at: number;
}

interface Watched {
  readonly night: Night;
  readonly offered: readonly Seen[];
}

async function watched(more: NightOptions = {}): Promise<Watched> {
  const night = await aNight({ ...options, ...more });
  const offered: Seen[] = [];
  night.destination.watch((event) => {
    if (event.at !== 'message') return;
    const subject = /^Subject: (.*)$/m.exec(event.raw.toString('latin1'))?.[1]?.trim() ?? '';
    offered.push({ account: event.account ?? '', subject, at: night.clock.now() - night.clock.began });
  });
  night.destination.goesWrong(SLOW);
  return { night, offered };
}

/** Messages of a mailbox by the minute of the night in which they arrived. */
function byMinute({ offered }: Watched, account: string): number[] {
  const minutes: number[] = [];
  for (const { at } of offered.filter((one) => one.account === account)) {
    const minute = Math.floor(at / MINUTE);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
  return Array.from(minutes, (count) => count ?? 0);
}

let calm: Promise<Watched> | null = null;
/** A night in which nothing goes wrong: what it did is the measure. */
const calmNight = (): Promise<Watched> =>
  (calm ??= (async () => {
    const undisturbed = await watched();
    expect(await undisturbed.night.run()).toBe(0);
    return undisturbed;
  })());

async function expectOthersAsIf(disturbed: Watched): Promise<void> {
  const undisturbed = await calmNight();
  for (const user of OTHERS) {
    const rate = byMinute(disturbed, user);
    expect(rate).toEqual(byMinute(undisturbed, user));
    expect(rate.length).toBeGreaterThanOrEqual(10);
    expect(disturbed.night.mailbox(user).endedAt).toBe(undisturbed.night.mailbox(user).endedAt);
    expect(disturbed.night.mailbox(user).attempts).toBe(1);
    expectSameMail(disturbed.night, user);
  }
}

/** How often each message of ann's was offered to the destination, in minutes between. */
function retries({ offered }: Watched): number[] {
  const before = new Map<string, number>();
  const gaps: number[] = [];
  for (const { account, subject, at } of offered) {
    if (account !== 'ann') continue;
    const last = before.get(subject);
    if (last !== undefined) gaps.push((at - last) / MINUTE);
    before.set(subject, at);
  }
  return gaps;
}

/** Minutes of the night in which a command was sent for ann. */
const minutesOf = ({ night }: Watched, side: 'source' | 'destination', command: string, folder: string): number[] => [
  ...new Set(
    night[side]
      .sent(command, 'ann')
      .filter((seen) => seen.folder === folder)
      .map(({ when: at }) => Math.floor((at - night.clock.began) / MINUTE)),
  ),
];

const asked = ({ night }: Watched) => night.log.filter(({ level }) => level === 'error').map(({ text }) => text);

/** An entry of the error ledger that is not settled. */
const open = async ({ night }: Watched) =>
  (await night.errors('ann')).filter(({ verdict }) => verdict.next !== 'note').length;

describe('a mailbox in repair at the source for 40 minutes', () => {
  const repair = (night: Night, until: number): Rule =>
    during(
      night.clock,
      0,
      until,
      when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired'), { account: 'ann' }),
    );

  it('is waited out without a hand, 5, 10, 20 and 30 minutes apart; the others keep their rate', async () => {
    const disturbed = await watched();
    const { night } = disturbed;
    night.source.goesWrong(repair(night, 40 * MINUTE));
    expect(await night.run()).toBe(0);
    expect(minutesOf(disturbed, 'source', 'EXAMINE', 'INBOX')).toEqual([0, 5, 15, 35, 65]);
    expectSameMail(night, 'ann');
    expect(retries(disturbed)).toEqual([]);
    expect(asked(disturbed)).toEqual([]);
    expect(await open(disturbed)).toBe(0);
    await expectOthersAsIf(disturbed);
  });

  it('that lasts longer is asked about once, and tried all the same', async () => {
    const disturbed = await watched();
    const { night } = disturbed;
    night.source.goesWrong(repair(night, 100 * MINUTE));
    expect(await night.run()).toBe(0);
    expect(minutesOf(disturbed, 'source', 'EXAMINE', 'INBOX')).toEqual([0, 5, 15, 35, 65, 95, 125]);
    expect(asked(disturbed)).toHaveLength(1);
    const letter = night.events.flatMap((event) => (event.type === 'mailbox' ? (event.mailbox.provider ?? []) : []))[0];
    expect(letter).toMatchObject({ since: night.clock.began });
    expect(letter?.text).toContain('Mailbox: ann@night.example');
    expect(letter?.text).toContain('First failure: 2026-01-15 22:00:00 UTC');
    expect(letter?.text).toContain('Command: EXAMINE');
    expect(letter?.text).toContain('Response: NO [UNAVAILABLE] Mailbox is being repaired');
    expect(night.mailbox('ann').provider).toBeNull();
    await expectOthersAsIf(disturbed);
  });
});

describe('a mailbox that is full at the destination', () => {
  it('takes what fits, is held after five refusals, and ends by itself when the operator raised the quota', async () => {
    const disturbed = await watched();
    const { night, offered } = disturbed;
    night.destination.account('ann').quota = { messages: 60 };
    const { engine, done } = night.start();
    const leave = engine.attend();
    await night.clock.passes(30 * MINUTE);
    expect(night.mailbox('ann').state).toMatchObject({
      kind: 'held',
      asks: { key: 'full mailbox' },
    });
    expect(night.mailbox('ann').provider?.text).toContain('Please raise the quota of this mailbox');
    const before = offered.filter(({ account }) => account === 'ann').length;
    const entries = await night.errors('ann');
    expect(entries.map(({ verdict, uids }) => [verdict.kind, uids.size])).toContainEqual(['quota', 5]);
    // Nothing of it is tried before the operator says so.
    await night.clock.passes(30 * MINUTE);
    expect(offered.filter(({ account }) => account === 'ann')).toHaveLength(before);
    night.destination.account('ann').quota = {};
    expect(await engine.command({ do: 'start', mailbox: 'ann' })).toEqual({ ok: true });
    leave();
    expect(await night.clock.until(done)).toBe(0);
    night.checkManners();
    expectSameMail(night, 'ann');
    expect(await open(disturbed)).toBe(0);
    // Messages that had been refused, and none that had been taken, an hour later.
    expect(retries(disturbed).length).toBeGreaterThanOrEqual(5);
    expect(Math.min(...retries(disturbed))).toBeGreaterThan(5);
    expect(asked(disturbed)).toEqual([]);
    await expectOthersAsIf(disturbed);
  });
});

describe('a mailbox that is read-only at the destination for 20 minutes of cutover', () => {
  it('is waited out without a hand, and no message is offered again inside 5 minutes', async () => {
    const disturbed = await watched();
    const { night } = disturbed;
    const frozen = whenMessage(answer('NO [READ-ONLY] Mailbox is read-only during the cutover'), { account: 'ann' });
    // It freezes while it is written to, and says so at once.
    const cutover = (rule: Rule) => during(night.clock, 3 * MINUTE, 23 * MINUTE, rule);
    const atOnce = cutover(when('APPEND', delay(0), { account: 'ann' }));
    night.destination.goesWrong(cutover(frozen), atOnce, SLOW);
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann');
    // Each that was refused was offered again 5, 10 and 20 minutes later; after that the destination takes its time.
    const gaps = retries(disturbed).map(Math.round);
    expect([...new Set(gaps.filter((gap) => gap <= 20))]).toEqual([5, 10, 20]);
    expect(Math.min(...retries(disturbed))).toBeGreaterThanOrEqual(5);
    expect(night.mailbox('ann').attempts).toBe(4);
    expect(asked(disturbed)).toEqual([]);
    expect(await open(disturbed)).toBe(0);
    await expectOthersAsIf(disturbed);
  });
});
