import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bye, hang, when, whenConnected } from '../../../demo/server/index.js';
import type { Channel, Sent } from '../../../src/engine/notices/channels/channel.js';
import type { Notice } from '../../../src/engine/notices/notice.js';
import type { NoticeWishes } from '../../../src/engine/notices/notifier.js';
import { aNight, type Night } from '../../support/night.js';
import { expectSameMail } from '../../support/same-mail.js';

/** An operator's telephone. */
class Phone {
  readonly told: Notice[] = [];
  tries = 0;

  /** @param answers  what comes of each try, by its number from 1 */
  constructor(private readonly answers: (tried: number) => Sent | 'never' = () => ({ kind: 'exited', code: 0 })) {}

  get wishes(): NoticeWishes {
    const channel: Channel = {
      name: '--notify-command',
      send: async (notice, signal) => {
        const sent = this.answers(++this.tries);
        if (sent === 'never') {
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          return { kind: 'cut short' };
        }
        if (sent.kind === 'exited' && sent.code === 0) this.told.push(notice);
        return sent;
      },
    };
    return { wanted: { command: ['tell'], urls: [], when: null }, channels: [channel], typed: 'night' };
  }

  get events(): string[] {
    return this.told.map(({ event }) => event);
  }
}

const texts = (night: Night) => night.log.map(({ text }) => text);

describe('a night of which somebody wants to be told', () => {
  it('tells each event once: what needs them, by cause, and the end', async () => {
    const night = await aNight({ mailboxes: 8, options: { stagger: { min: 1, max: 2 } } });
    for (const user of ['user1', 'user2', 'user3']) night.source.account(user).password = 'another';
    night.destination.account('user4').password = 'another';
    const phone = new Phone();
    expect(await night.run({ notices: phone.wishes })).toBe(3);
    expect(phone.events.toSorted()).toEqual(['ended', 'needs-you', 'needs-you']);
    expect(phone.told).toContainEqual(
      expect.objectContaining({
        v: 1,
        event: 'needs-you',
        batch: 'night',
        mailboxes: 3,
        cause: expect.objectContaining({ kind: 'password', side: 'source', code: 'AUTHENTICATIONFAILED' }),
        engine: 'ended',
        command: 'nightferry resume night',
      }),
    );
    expect(phone.told.at(-1)).toMatchObject({
      event: 'ended',
      verdict: 'errors-open',
      exitCode: 3,
      mailboxes: 8,
      needs: 4,
      command: 'nightferry errors night',
    });
  });

  it('tells nothing twice over a kill and two resumes, but for the new end of each', async () => {
    const night = await aNight({ mailboxes: 4, source: { latencyMs: 200 } });
    night.source.account('user1').password = 'another';
    const phone = new Phone();
    const killed = night.start({ notices: phone.wishes });
    await night.clock.passes(30_000);
    killed.kill();
    await night.run({ notices: phone.wishes });
    await night.run({ notices: phone.wishes });
    expect(phone.told.filter(({ event }) => event === 'needs-you')).toHaveLength(1);
    expect(phone.told.filter(({ event }) => event === 'ended').length).toBeLessThanOrEqual(3);
  });

  it('tells that a server is left alone, once, and of the end when it is back', async () => {
    const night = await aNight({ mailboxes: 6, options: { stagger: { min: 1, max: 2 } } });
    const until = night.clock.now() + 40 * 60_000;
    const away = whenConnected(bye('[UNAVAILABLE] Too many connections'));
    night.source.goesWrong((event) => (night.clock.now() < until ? away(event) : undefined));
    const phone = new Phone();
    expect(await night.run({ notices: phone.wishes })).toBe(0);
    expect(phone.events).toEqual(['server-left-alone', 'ended']);
    expect(phone.told[0]).toMatchObject({ side: 'source', until: expect.any(Number) });
    for (const user of night.users) expectSameMail(night, user);
  });

  it('tells that nothing moves where a server takes a message and never answers, once', async () => {
    const night = await aNight({ mailboxes: 2 });
    const until = night.clock.now() + 90 * 60_000;
    const silent = when('APPEND', hang());
    night.destination.goesWrong((event) => (night.clock.now() < until ? silent(event) : undefined));
    const phone = new Phone();
    expect(await night.run({ notices: phone.wishes })).toBe(0);
    expect(phone.events.filter((event) => event === 'stalled')).toHaveLength(1);
    expect(phone.events.at(-1)).toBe('ended');
    expect(phone.told.find(({ event }) => event === 'stalled')).toMatchObject({ batch: 'night', mailboxes: 2 });
  });

  it('copies as ever where nobody can be told, tries a few times, and says so once', async () => {
    const night = await aNight({ mailboxes: 3 });
    for (const user of ['user1', 'user2']) night.source.account(user).password = 'another';
    night.destination.account('user3').password = 'another';
    const phone = new Phone(() => ({ kind: 'exited', code: 1 }));
    expect(await night.run({ notices: phone.wishes })).toBe(3);
    expect(phone.tries).toBeGreaterThan(3);
    expect(texts(night).filter((text) => text.includes('--notify-command'))).toEqual([
      expect.stringContaining('did not take a notice'),
    ]);
  });

  it('is told when the way to them works again', async () => {
    const night = await aNight();
    const phone = new Phone((tried) => ({ kind: 'exited', code: tried < 3 ? 1 : 0 }));
    expect(await night.run({ notices: phone.wishes })).toBe(0);
    expect(phone.events).toEqual(['ended']);
    expect(texts(night).filter((text) => text.includes('did not take'))).toEqual([]);
  });

  it('ends though a command never does', async () => {
    const night = await aNight();
    const phone = new Phone(() => 'never');
    const began = night.clock.monotonic();
    expect(await night.run({ notices: phone.wishes })).toBe(0);
    expect(night.clock.monotonic() - began).toBeLessThan(30_000);
    expectSameMail(night);
  });

  it('keeps what is wished with the batch, and no more than that', async () => {
    const night = await aNight({ disk: 'real' });
    const wishes: NoticeWishes = {
      ...new Phone().wishes,
      wanted: { command: null, urls: [{ host: 'ntfy.sh', shape: 'ntfy' }], when: null },
    };
    await night.run({ notices: wishes });
    const { readFile } = await import('node:fs/promises');
    const kept = JSON.parse(await readFile(join(night.dir, 'night', 'notices.json'), 'utf8')) as object;
    expect(kept).toEqual({
      version: 1,
      wanted: { command: null, urls: [{ host: 'ntfy.sh', shape: 'ntfy' }], when: null },
      told: {
        mailboxes: {},
        alone: { source: null, destination: null },
        stalled: null,
        budgets: { source: null, destination: null },
        window: null,
      },
    });
  });

  it('goes on where nothing can be decided any more', async () => {
    const night = await aNight();
    const phone = new Phone();
    const wishes = phone.wishes;
    const broken = {
      ...wishes,
      get typed(): string {
        throw new Error('a bug of ours');
      },
    };
    expect(await night.run({ notices: broken })).toBe(0);
    expectSameMail(night);
    expect(texts(night)).toContain('notices are not told any more: a bug of ours');
  });

  it('goes on where what was told cannot be read', async () => {
    const night = await aNight({ disk: 'real' });
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(join(night.dir, 'night'), { recursive: true });
    await writeFile(join(night.dir, 'night', 'notices.json'), 'no document');
    const phone = new Phone();
    expect(await night.run({ notices: phone.wishes })).toBe(0);
    expect(phone.events).toEqual(['ended']);
    expect(texts(night)).toContainEqual(expect.stringContaining('notices may be told twice'));
  });
});
