import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { aNight, type Night } from '../../support/night.js';

const USERS = ['ann', 'bob', 'eve', 'max'] as const;

async function afterANight(): Promise<{
  night: Night;
  disk: MemoryDisk;
  file: (user: string, name?: string) => string;
}> {
  const disk = new MemoryDisk();
  const night = await aNight({ mailboxes: USERS, disk });
  expect(await night.run()).toBe(0);
  night.events.length = 0;
  return { night, disk, file: (user, name = 'mailbox') => join(night.dir, 'night', 'mailboxes', user, `${name}.json`) };
}

function statesOf(night: Night): string[] {
  return USERS.map((user) => `${user} ${night.mailbox(user).state.kind}`);
}

describe('one mailbox of many whose documents were damaged', () => {
  it.each([
    ['damaged, both', '{"version":', '{"version":', 'it is not whole JSON'],
    ['emptied, both', '', '', 'it is empty'],
    ['written by a newer version', '{"version":999}', null, 'was written by a newer version'],
  ])('(%s) is held alone with the file named; the others go on', async (_, current, previous, why) => {
    const { night, disk, file } = await afterANight();
    const [good, goodBefore] = [disk.files.get(file('bob')) ?? '', disk.files.get(file('bob', 'mailbox.prev')) ?? ''];
    disk.files.set(file('bob'), current);
    if (previous !== null) disk.files.set(file('bob', 'mailbox.prev'), previous);
    const before = new Map([...disk.files].filter(([path]) => path.includes('/bob/')));

    expect(await night.run()).toBe(3);
    expect(statesOf(night)).toEqual(['ann synced', 'bob held', 'eve synced', 'max synced']);
    expect(night.mailbox('bob').state).toMatchObject({
      because: { key: 'file', text: expect.stringContaining(file('bob')) },
      asks: { key: 'mend and start' },
    });
    expect(night.log.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ text: expect.stringContaining(why) }),
    ]);
    expect(new Map([...disk.files].filter(([path]) => path.includes('/bob/')))).toEqual(before);

    disk.files.set(file('bob'), good);
    disk.files.set(file('bob', 'mailbox.prev'), goodBefore);
    expect(await night.run()).toBe(0);
    expect(statesOf(night)[1]).toBe('bob synced');
  });

  it('goes on without a new engine when it is mended and started again', async () => {
    const { night, disk, file } = await afterANight();
    const good = disk.files.get(file('bob')) ?? '';
    disk.files.set(file('bob'), 'x');
    disk.files.set(file('bob', 'mailbox.prev'), 'x');
    const { engine, done } = night.start();
    const leaves = engine.attend();
    await night.clock.until(
      expect.poll(() => night.events.some((e) => e.type === 'mailbox' && e.mailbox.state.kind === 'held')).toBe(true),
    );
    disk.files.set(file('bob'), good);
    expect(await engine.command({ do: 'start', mailbox: 'bob' })).toMatchObject({ ok: true });
    leaves();
    expect(await night.clock.until(done)).toBe(0);
    expect(statesOf(night)[1]).toBe('bob synced');
  });

  it('is read anew and matched by content when both documents were moved away', async () => {
    const { night, disk, file } = await afterANight();
    const copied = night.mailbox.bind(night);
    disk.files.delete(file('bob'));
    disk.files.delete(file('bob', 'mailbox.prev'));
    expect(await night.run()).toBe(0);
    expect(copied('bob').state.kind).toBe('synced');
  });
});

describe('a previous version of a document', () => {
  it('that had to be used is a warning of the run, once', async () => {
    const { night, disk, file } = await afterANight();
    expect(await night.run()).toBe(0);
    disk.files.set(file('eve'), '{');
    night.events.length = 0;
    expect(await night.run()).toBe(0);
    const warnings = night.log.filter(({ text }) => text.includes('previous version'));
    expect(warnings).toEqual([expect.objectContaining({ level: 'warn', text: expect.stringContaining(file('eve')) })]);
  });
});
