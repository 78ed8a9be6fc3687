import { describe, expect, it } from 'vitest';
import { answer, delay, drop, when } from '../../../demo/server/index.js';
import type { Counts, MailboxEntity } from '../../../src/protocol/entities.js';
import { bytesSettled } from '../../../src/protocol/figures.js';
import { aNight, type Night } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';

const MAIL = { INBOX: letters(60), Work: letters(40, 'work') };

/** A night in which each message takes a second to be stored; all that was published of its one mailbox. */
async function slowNight(): Promise<readonly MailboxEntity[]> {
  const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
  night.destination.goesWrong(when('APPEND', delay(1000)));
  expect(await night.run()).toBe(0);
  return night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
}

const copiedOf = ({ folders }: MailboxEntity, name: string) =>
  folders.find(({ source }) => source === name)?.counts.copied ?? 0;

describe('bytes that were copied', () => {
  const bytes = (told: readonly { readonly counts: Counts }[]) => told.map(({ counts }) => counts.bytesCopied);
  const grow = (all: readonly number[]) => expect(all).toEqual(all.toSorted((a, b) => a - b));
  const rates = (night: Night) =>
    night.events.flatMap((event) => (event.type === 'batch' ? [event.batch.rate.messages, ...event.batch.trend] : []));

  it('are counted on by the passes that follow, and by the runs', async () => {
    const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
    night.destination.goesWrong(
      when('APPEND', drop(), { nth: 30 }),
      when('APPEND', drop(), { nth: 80 }),
      when('APPEND', delay(1000)),
    );
    expect(await night.run()).toBe(0);
    const { counts } = night.mailbox('ann');
    expect(counts).toMatchObject({ copied: 100, left: 0, bytesCopied: counts.bytesTotal });
    grow(bytes(night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []))));
    grow(bytes(night.events.flatMap((event) => (event.type === 'batch' ? [event.batch] : []))));
    expect(Math.max(...rates(night))).toBeLessThan(1.5);

    night.events.length = 0;
    expect(await night.run()).toBe(0);
    expect(night.mailbox('ann').counts).toEqual(counts);
    expect(Math.max(...rates(night))).toBe(0);

    night.source.fill('ann', { Work: letters(10, 'later') });
    night.destination.goesWrong();
    expect(await night.run()).toBe(0);
    const after = night.mailbox('ann').counts;
    expect(after.bytesCopied).toBeGreaterThan(counts.bytesCopied);
    expect(after.bytesCopied).toBe(after.bytesTotal);
  });
});

describe('bytes that were copied before a kill', () => {
  it('are known after it', async () => {
    const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
    night.destination.goesWrong(when('APPEND', delay(1000)));
    const running = night.start();
    await night.clock.passes(30_000);
    running.kill();
    expect(await night.run()).toBe(0);
    const { bytesTotal, bytesCopied } = night.mailbox('ann').counts;
    expect(bytesCopied).toBe(bytesTotal);
  });
});

describe('a slow destination', () => {
  it('is seen to move: every message, and at which rate', async () => {
    const told = await slowNight();
    const counts = new Set(told.map(({ counts }) => counts.copied));
    for (let copied = 1; copied <= 100; copied++) expect(counts).toContain(copied);
    const settled = told.filter(({ counts }) => counts.copied > 20 && counts.copied < 60);
    for (const { rate, eta } of settled) {
      expect(rate.messages).toBeGreaterThan(0.7);
      expect(rate.messages).toBeLessThan(1.3);
      expect(eta).not.toBeNull();
    }
  });

  it('is shown with the folder that messages arrive in, though the next is asked for and the last read back', async () => {
    const told = await slowNight();
    const within = (name: 'INBOX' | 'Work') =>
      told.filter((one) => copiedOf(one, name) > 0 && copiedOf(one, name) < MAIL[name].length);
    expect(within('INBOX').length).toBeGreaterThan(50);
    expect(new Set(within('INBOX').map(({ folder, state }) => `${state.kind} ${folder}`))).toEqual(
      new Set(['copying INBOX']),
    );
    // The first of it arrives while INBOX is read back.
    expect(
      new Set(
        within('Work')
          .slice(2)
          .map(({ folder, state }) => `${state.kind} ${folder}`),
      ),
    ).toEqual(new Set(['copying Work']));
    // INBOX is read back while Work arrives: that is no news, and no state in between.
    expect(told.at(-1)?.history.map(({ kind }) => kind)).toEqual([
      'connecting',
      'scanning',
      'copying',
      'verifying',
      'synced',
    ]);
  });
});

describe('bytes that are left', () => {
  it('fall with each message, whatever becomes of it, and are none when none is left', async () => {
    const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
    night.destination.goesWrong(
      when('APPEND', answer('NO [CANNOT] this one is refused'), { nth: 7 }),
      when('APPEND', delay(1000)),
    );
    await night.run();
    const told = night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
    const listed = told.filter(({ counts }) => counts.total === 100 && counts.bytesTotal > 0);
    const left = listed.map(({ bytesLeft }) => bytesLeft);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(new Set(left).size).toBeGreaterThan(90);
    const last = listed.at(-1) ?? expect.unreachable();
    expect(last.counts).toMatchObject({ failed: 1, left: 0 });
    expect(last.bytesLeft).toBe(0);
    expect(bytesSettled(last)).toBe(last.counts.bytesTotal);
  });

  it('are known of mail that was there before us, too', async () => {
    const night = await aNight({ mail: () => MAIL });
    night.destination.fill('ann', MAIL);
    await night.run();
    const { counts, bytesLeft } = night.mailbox('ann');
    expect(counts).toMatchObject({ matched: 100, bytesCopied: 0 });
    expect(bytesLeft).toBe(0);
    expect(counts.bytesTotal).toBeGreaterThan(0);
  });
});

describe('the time that a batch has taken', () => {
  it('counts from its start, over engines that were killed and stopped', async () => {
    const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
    night.destination.goesWrong(when('APPEND', delay(1000)));
    const running = night.start();
    await night.clock.passes(30_000);
    running.kill();
    await night.clock.passes(3_600_000);
    expect(await night.run()).toBe(0);
    const { batch } =
      night.events.flatMap((event) => (event.type === 'end' ? [event] : [])).at(-1) ?? expect.unreachable();
    expect(batch.startedAt).toBe(night.clock.began);
    expect(batch.now - batch.startedAt).toBeGreaterThan(3_630_000);
    const began = night.mailbox('ann').startedAt ?? expect.unreachable();
    expect(began - night.clock.began).toBeLessThan(1_000);
  });
});
