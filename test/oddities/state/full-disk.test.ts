import { describe, expect, it } from 'vitest';
import { FaultyDisk } from '../../support/faulty-disk.js';
import { aNight, type Night, type NightOptions } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';

const MAIL = (user: string) => ({ INBOX: letters(3, `${user}in`), Work: letters(2, `${user}work`) });

async function aNightOn(disk: FaultyDisk, more: NightOptions = {}): Promise<Night> {
  return aNight({ mailboxes: ['ann', 'bob'], mail: MAIL, disk, ...more });
}

function isPlain(night: Night): void {
  for (const { text } of night.log) expect(text).not.toMatch(/a bug|\n {4}at |Error:|undefined/);
}

function isWhole(night: Night): void {
  for (const user of night.users) expectSameMail(night, user);
}

/** Calls of the disk in a run that nothing disturbs. */
async function undisturbed(): Promise<number> {
  const disk = new FaultyDisk();
  const night = await aNightOn(disk);
  expect(await night.run()).toBe(0);
  return disk.calls;
}

/** Each begins at another call, so that together they meet every one. */
const CODES = [
  ['ENOSPC', 1],
  ['EROFS', 2],
  ['EIO', 3],
  ['EMFILE', 4],
] as const;

describe('a disk that refuses in the middle of a run', () => {
  it.each(CODES)(
    '(%s, whichever call meets it, for good) ends no run as a bug, and a resume with room completes it',
    async (code, offset) => {
      const calls = await undisturbed();
      expect(calls).toBeGreaterThan(50);
      for (let from = offset; from <= calls; from += 4) {
        const disk = new FaultyDisk();
        const night = await aNightOn(disk);
        disk.refuses = (call) => (call >= from ? code : null);
        const ended = await night.run().catch((error: unknown) => error);
        if (typeof ended === 'number') expect(ended).toBe(disk.refused > 0 ? 3 : 0);
        // Nothing had begun.
        else expect(ended).toMatchObject({ name: 'BadInput', message: expect.stringContaining(code) });
        isPlain(night);
        disk.refuses = () => null;
        expect(await night.run(), `call ${from}`).toBe(0);
        isWhole(night);
      }
    },
    60_000,
  );

  it.each(CODES)(
    '(%s, one call) loses and doubles nothing',
    async (code, offset) => {
      const calls = await undisturbed();
      for (let at = offset; at <= calls; at += 4) {
        const disk = new FaultyDisk();
        const night = await aNightOn(disk);
        disk.refuses = (call) => (call === at ? code : null);
        await night.run().catch((error: unknown) => expect(error).toMatchObject({ name: 'BadInput' }));
        isPlain(night);
        disk.refuses = () => null;
        expect(await night.run(), `call ${at}`).toBe(0);
        isWhole(night);
      }
    },
    60_000,
  );

  it('lets a mailbox go on by itself when there is room again in time', async () => {
    const disk = new FaultyDisk();
    const night = await aNightOn(disk);
    const fullUntil = night.clock.now() + 10_000;
    disk.refuses = (_, path) => (path.includes('/ann') && night.clock.now() < fullUntil ? 'ENOSPC' : null);
    expect(await night.run()).toBe(0);
    isWhole(night);
    expect(night.mailbox('ann').history.map(({ kind }) => kind)).toContain('backing-off');
    expect(night.mailbox('bob').history.map(({ kind }) => kind)).not.toContain('backing-off');
    expect(night.log.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({
        mailbox: 'ann@night.example',
        text: expect.stringMatching(/the disk is full \(ENOSPC\)\. Make room there/),
      }),
    ]);
  });

  it('holds that mailbox alone, says why once, and the table at the end has both', async () => {
    const disk = new FaultyDisk();
    const night = await aNightOn(disk);
    disk.refuses = (_, path) => (path.includes('/ann') ? 'ENOSPC' : null);
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({
      kind: 'held',
      because: { key: 'file', text: expect.stringContaining('the disk is full') },
    });
    expect(night.mailbox('bob').state.kind).toBe('synced');
    expect(night.events.at(-1)).toMatchObject({ type: 'end', exitCode: 3 });
    expect(night.log.filter(({ level, mailbox }) => level === 'error' && mailbox !== null)).toHaveLength(1);
  });

  it('goes on with a held mailbox as soon as there is room, while somebody watches', async () => {
    const disk = new FaultyDisk();
    const night = await aNightOn(disk);
    const fullUntil = night.clock.now() + 600_000;
    disk.refuses = (_, path) => (path.includes('/ann') && night.clock.now() < fullUntil ? 'ENOSPC' : null);
    const { engine, done } = night.start();
    const leaves = engine.attend();
    const came = expect
      .poll(
        () =>
          night.events.some((e) => e.type === 'mailbox' && e.mailbox.id === 'ann' && e.mailbox.state.kind === 'synced'),
        {
          timeout: 20_000,
        },
      )
      .toBe(true);
    await night.clock.until(came);
    leaves();
    expect(await night.clock.until(done)).toBe(0);
    isWhole(night);
  });

  it('at the very end leaves a run that says so, and that the next one finds done', async () => {
    const calls = await undisturbed();
    const disk = new FaultyDisk();
    const night = await aNightOn(disk);
    disk.refuses = (call) => (call > calls - 6 ? 'EROFS' : null);
    expect(await night.run()).toBe(3);
    expect(night.log.at(-1)?.text).toMatch(/could not be written down: .*the file system is read-only/);
    disk.refuses = () => null;
    const copied = night.mailbox('ann').counts.copied;
    expect(await night.run()).toBe(0);
    expect(night.mailbox('ann').counts.copied).toBe(copied);
    isWhole(night);
  });
});
