import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standTwice } from '../../src/engine/copy/findings.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { doublesFrom } from '../../src/store/ledger/doubles.js';
import { story } from '../support/nightferry.js';
import { type ProxyOptions, startProxy } from '../support/proxy.js';
import { RawImap } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced, type World } from './world.js';

const FOLDER = 'Nightferry duplicates';

const WAYS: readonly (readonly [name: string, options: Omit<ProxyOptions, 'target'>, way: 'MOVE' | 'COPY'])[] = [
  ['a server with MOVE', {}, 'MOVE'],
  ['a server with MOVE that tells no UIDs', { withoutUidPlus: true }, 'MOVE'],
  ['a server without MOVE', { hideCapabilities: ['MOVE'] }, 'COPY'],
  ['a server without MOVE that tells no UIDs', { hideCapabilities: ['MOVE'], withoutUidPlus: true }, 'COPY'],
];

describeReal('second copies at the destination', {}, (world) => {
  it.each(WAYS)('are moved away and brought back at %s', async (name, options, way) => {
    const user = newcomer(`twice${name.length}`);
    const proxy = await startProxy({ target: world.pair.destination, ...options });
    try {
      await fill(world, user, 6);
      expectSynced(await world.move(user, { destination: proxy.port }));
      const before = await inboxOf(world, user);
      await copyWithin(world, user, [2, 5]);
      await enter(world, user, [
        [2, 7],
        [5, 8],
      ]);

      const looked = await world.operator.run(['quarantine', user, '--dry-run']);
      expect([looked.code, looked.out]).toEqual([0, expect.stringMatching(/2 second copies would be moved .*UID 7:8/)]);
      expect(await foldersOf(world, user)).not.toContain(FOLDER);
      expect((await world.operator.run(['errors', user, '--all'])).out).toMatch(/destination UID 7:8/);

      const moved = await world.operator.run(['quarantine', user]);
      expect(moved.code, story(moved)).toBe(0);
      expect(moved.out).toMatch(/INBOX: 2 second copies moved to Nightferry duplicates: UID 7:8/);
      const { visible, deleted } = await inboxOf(world, user);
      expect(visible).toEqual(before.visible);
      expect(deleted).toEqual(way === 'COPY' ? ['message 2', 'message 5'] : []);
      expect((await messagesIn(world, user, FOLDER)).visible).toEqual(['message 2', 'message 5']);
      expect((await world.operator.errors(user)).filter(({ standing }) => standing === 'open')).toEqual([]);
      expectSynced(await world.move(user, { destination: proxy.port }));
      expect((await world.operator.run(['decisions', user])).out).toMatch(/move second copies .*2 messages moved/);

      const undone = await world.operator.run(['undo', user, '1']);
      expect(undone.code, story(undone)).toBe(0);
      expect(undone.out).toMatch(/second copies of source UID 2,5 are back/);
      const after = await inboxOf(world, user);
      expect(after.visible.toSorted()).toEqual([...before.visible, 'message 2', 'message 5'].toSorted());
      expect((await messagesIn(world, user, FOLDER)).visible).toEqual([]);
      const [open] = (await world.operator.errors(user)).filter(({ standing }) => standing === 'open');
      expect(open!.entries[0]!.destinationUids).not.toBe('');
      expect((await world.operator.run(['quarantine', user, '--json'])).code).toBe(0);
      expect((await inboxOf(world, user)).visible).toEqual(before.visible);
    } finally {
      await proxy.stop();
    }
  });

  it('stay where they are not equal, or the first copy is gone; and nothing is moved while an engine runs', async () => {
    const user = newcomer('differ');
    await fill(world, user, 5);
    expectSynced(await world.move(user));
    await copyWithin(world, user, [2, 3, 4]);
    // UID 6, the copy of 2, is entered as one of 1; the first copy of 3 goes.
    await enter(world, user, [
      [1, 6],
      [3, 7],
      [4, 8],
    ]);
    const client = await RawImap.connect(world.destination(user));
    await client.ok('SELECT INBOX');
    await client.ok('UID STORE 3 +FLAGS (\\Deleted)');
    await client.ok('UID EXPUNGE 3');
    await client.logout();

    const store = await openStore(world, user);
    const lock = await store.lockEngine({ socketPath: null });
    const refused = await world.operator.run(['quarantine', user]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/is running/)]);
    await lock.release();

    const moved = await world.operator.run(['quarantine', user, '--to', 'Away/Twice', '--json']);
    expect(moved.code, story(moved)).toBe(3);
    expect(JSON.parse(moved.out)).toMatchObject({
      decision: 1,
      to: 'Away/Twice',
      folders: [{ folder: 'INBOX', uids: '6:8', moved: '8', over: '7', differ: '6', why: null }],
    });
    expect((await messagesIn(world, user, 'Away/Twice')).visible).toEqual(['message 4']);
    const [open] = (await world.operator.errors(user)).filter(({ standing }) => standing === 'open');
    expect(open!.entries[0]!.destinationUids).toBe('6');
  });
});

async function fill(world: World, user: string, count: number): Promise<void> {
  const client = await RawImap.connect(world.source(user));
  for (let n = 1; n <= count; n++) {
    const raw = `Message-ID: <${n}@x>\r\nSubject: message ${n}\r\n\r\nbody ${n}\r\n`;
    await client.ok(`APPEND INBOX (\\Seen) " 2-Jan-2024 10:0${n}:00 +0000" {${raw.length}+}\r\n${raw}`);
  }
  await client.logout();
}

/** As a batch that was stored late does: the same message once more. */
async function copyWithin(world: World, user: string, uids: readonly number[]): Promise<void> {
  const client = await RawImap.connect(world.destination(user));
  await client.ok('SELECT INBOX');
  for (const uid of uids) await client.ok(`UID COPY ${uid} INBOX`);
  await client.logout();
}

const openStore = (world: World, user: string) =>
  Workspace.locate(join(world.operator.dir, 'state'), {}, world.operator.dir).open(user);

/** As reading back does. */
async function enter(world: World, user: string, pairs: readonly (readonly [number, number])[]): Promise<void> {
  const store = await openStore(world, user);
  const record = await store.mailbox(store.batch.mailboxes[0]!.id);
  const ledger = await record.ledger({ source: 'INBOX', destination: 'INBOX' });
  const doubles = doublesFrom(pairs, ledger.identity.destination.uidValidity);
  const place = { side: 'destination', command: 'read back', folder: 'INBOX', uids: [], at: Date.now() } as const;
  record.errors.record({ ...place, ...standTwice(doubles), doubles });
  await record.write();
  await store.log.close();
}

const inboxOf = (world: World, user: string) => messagesIn(world, user, 'INBOX');

/** Subjects of the messages of a folder, in order. */
async function messagesIn(world: World, user: string, folder: string) {
  const client = await RawImap.connect(world.destination(user));
  await client.ok(`EXAMINE "${folder}"`);
  const { untagged } = await client.ok('UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])');
  await client.logout();
  const found = untagged.flatMap(({ text, literals }) => {
    const subject = /Subject: (.*)\r\n/.exec(String(literals[0] ?? ''))?.[1];
    return subject === undefined ? [] : [{ subject, isDeleted: /\\Deleted/.test(text) }];
  });
  const where = (isDeleted: boolean) =>
    found.filter((message) => message.isDeleted === isDeleted).map(({ subject }) => subject);
  return { visible: where(false), deleted: where(true) };
}

async function foldersOf(world: World, user: string): Promise<string> {
  const client = await RawImap.connect(world.destination(user));
  const { untagged } = await client.ok('LIST "" "*"');
  await client.logout();
  return untagged.map(({ text }) => text).join('\n');
}
