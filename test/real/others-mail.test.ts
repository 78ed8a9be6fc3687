import { expect, it } from 'vitest';
import { failuresIn, lastOf, story } from '../support/nightferry.js';
import { startProxy } from '../support/proxy.js';
import { RawImap, type RawTarget } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 400;

describeReal('a destination that others fill, too', {}, (world) => {
  it.each([
    ['which tells UIDs', false],
    ['without UIDPLUS', true],
  ])('keeps their mail, takes ours once and mixes nothing up (%s)', async (name, withoutUidPlus) => {
    const user = newcomer(`busy${name.length}`);
    await world.fill(user, 'small', { limit: LIMIT });
    // Narrow enough that mail comes in between our batches, not before or after them.
    const pace = { latencyMs: 3, bytesPerSecond: 2 << 20 };
    const proxy = await startProxy({ target: world.pair.destination, withoutUidPlus, ...pace });
    try {
      const run = world.operator.start(world.moveOf(user, { destination: proxy.port }));
      const strangers = keepDelivering(world.destination(user), run.ended);
      const ended = await run.ended;
      const delivered = await strangers;
      expectSynced(ended);
      const between = async () => {
        const { findings, identical } = await world.compare(user);
        expect(identical).toBe(LIMIT);
        expect(findings.filter(({ what }) => what !== 'extra')).toEqual([]);
        expect(findings.length).toBe(delivered);
      };
      await between();
      expectSynced(await world.move(user, { destination: proxy.port }));
      await between();
      if (withoutUidPlus) expect(proxy.stats).toMatchObject({ appendUidsSeen: 0 });
    } finally {
      await proxy.stop();
    }
  });

  it('gets nothing twice from an operator who lost the state folder; equal messages stay as many', async () => {
    const user = newcomer('lost');
    await world.fill(user, 'small', { limit: LIMIT });
    expectSynced(await world.move(user));
    await world.expectFaithful(user, LIMIT);
    const before = await world.mailAt(world.destination(user));
    const ended = await world.move(user, {}, { state: await world.operator.emptyState() });
    expectSynced(ended);
    expect(lastOf(ended).counts).toMatchObject({ total: LIMIT, copied: 0, matched: LIMIT });
    expect(await world.mailAt(world.destination(user))).toEqual(before);
  });

  it('gets only what is missing after such a loss, one of two equal messages among it', async () => {
    const user = newcomer('half');
    await world.fill(user, 'small', { limit: LIMIT });
    expectSynced(await world.move(user));
    const removed = await removeSome(world.destination(user));
    expect(removed).toBeGreaterThan(20);
    await keepDelivering(world.destination(user), Promise.resolve());
    const ended = await world.move(user, {}, { state: await world.operator.emptyState() });
    expectSynced(ended);
    expect(lastOf(ended).counts).toMatchObject({ total: LIMIT, copied: removed, matched: LIMIT - removed });
    const { findings, identical } = await world.compare(user);
    expect(identical).toBe(LIMIT);
    expect(findings.map(({ what, folder }) => [what, folder])).toEqual([['extra', 'INBOX']]);
  });

  it('is written to by one batch at a time', async () => {
    const user = newcomer('two');
    await world.fill(user, 'small', { limit: LIMIT });
    const proxy = await startProxy({ target: world.pair.destination, bytesPerSecond: 4 << 20 });
    try {
      const detour = { destination: proxy.port };
      const twin = world.moveOf(user, detour).map((word) => (word === user ? `${user}-twin` : word));
      const first = world.operator.start(world.moveOf(user, detour));
      await until(() => proxy.stats.up > 1 << 17);
      proxy.hold();
      // Nothing comes through: what is told of the server beforehand is not waited for.
      const second = world.operator.start([...twin, '--wait']);
      await until(() => failuresIn(second).some(({ response }) => response.includes('one at a time')));
      expect(lastOf(first).state.kind).not.toBe('synced');
      proxy.release();
      expectSynced(await first.ended);
      // It would go on by itself in a while; nobody waits for that here.
      expect((await world.operator.run(['stop', `${user}-twin`])).code).toBe(0);
      expect((await second.ended).code, story(await second.ended)).toBe(4);
      await world.expectFaithful(user, LIMIT);
      const later = await world.operator.run(twin);
      expectSynced(later);
      expect(lastOf(later).counts).toMatchObject({ copied: 0, matched: LIMIT });
      await world.expectFaithful(user, LIMIT);
    } finally {
      await proxy.stop();
    }
  });

  it('is written to by one batch at a time, also from another state folder and by another port', async () => {
    const user = newcomer('detour');
    await world.fill(user, 'small', { limit: LIMIT });
    const proxy = await startProxy({ target: world.pair.destination, bytesPerSecond: 4 << 20 });
    try {
      const first = world.operator.start(world.moveOf(user, { destination: proxy.port }));
      await until(() => proxy.stats.up > 1 << 17);
      proxy.hold();
      const state = await world.operator.emptyState();
      const second = world.operator.start([...world.moveOf(user), '--wait'], { state });
      await until(() => failuresIn(second).some(({ response }) => response.includes('one at a time')));
      proxy.release();
      expectSynced(await first.ended);
      expect((await world.operator.run(['stop', user], { state })).code).toBe(0);
      expect((await second.ended).code, story(await second.ended)).toBe(4);
      const later = await world.operator.run(world.moveOf(user), { state });
      expectSynced(later);
      expect(lastOf(later).counts).toMatchObject({ copied: 0, matched: LIMIT });
      await world.expectFaithful(user, LIMIT);
    } finally {
      await proxy.stop();
    }
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Appends mail to INBOX, one after the other, until `over`; at least one. @returns how many */
async function keepDelivering(target: RawTarget, over: Promise<unknown>): Promise<number> {
  const client = await RawImap.connect(target);
  const ending = { seen: false };
  over.finally(() => {
    ending.seen = true;
  });
  let delivered = 0;
  do {
    const raw = `Subject: stranger ${delivered}\r\nMessage-ID: <stranger.${delivered}@elsewhere>\r\n\r\nnews ${delivered}\r\n`;
    const { status } = await client.append('INBOX', [], '01-Jan-2025 00:00:00 +0000', Buffer.from(raw));
    if (status === 'OK') delivered++;
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (!ending.seen);
  await client.logout();
  return delivered;
}

/** Expunges every seventh message of each folder, and one of two equal ones. */
async function removeSome(target: RawTarget): Promise<number> {
  const client = await RawImap.connect(target);
  let removed = 0;
  for (const folder of ['INBOX', 'Archive', 'Sent']) {
    await client.ok(`SELECT ${folder}`);
    const { untagged } = await client.ok('UID SEARCH ALL');
    const uids = (untagged.find(({ text }) => text.startsWith('* SEARCH'))?.text ?? '').split(' ').slice(2);
    const going = uids.filter((_, at) => at % 7 === 3);
    await client.ok(`UID STORE ${going.join(',')} +FLAGS.SILENT (\\Deleted)`);
    await client.ok(`UID EXPUNGE ${going.join(',')}`);
    removed += going.length;
  }
  await client.logout();
  return removed;
}
