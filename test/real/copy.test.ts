import { expect, it } from 'vitest';
import { lastOf } from '../support/nightferry.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

describeReal('a mailbox between two servers of one kind', {}, (world) => {
  it.each([
    ['small', 1500],
    ['mixed', 150],
    ['large', 6],
  ] as const)('arrives whole, and is left alone by a second run: %s, %i messages', async (profile, limit) => {
    const user = newcomer(profile);
    await world.fill(user, profile, { limit });
    const ended = await world.move(user);
    expectSynced(ended);
    const { counts } = lastOf(ended);
    expect(counts).toMatchObject({ total: limit, copied: limit, matched: 0, bytesCopied: counts.bytesTotal });
    await world.expectFaithful(user, limit);
    // And a second run finds nothing to do, and does nothing.
    const before = await world.mailAt(world.destination(user));
    const again = await world.move(user);
    expectSynced(again);
    expect(lastOf(again).counts).toEqual(counts);
    expect(await world.mailAt(world.destination(user))).toEqual(before);
  });
});

const LAYOUTS = [
  ['a server with `.` between levels', { separator: '.' }],
  ['everything below INBOX.', { separator: '.', prefix: 'INBOX.' }],
  ['folders that are called Gesendet and Papierkorb', { names: 'german' }],
  ['German names below INBOX., in mdbox', { separator: '.', prefix: 'INBOX.', names: 'german', store: 'mdbox' }],
] as const;

for (const [layout, destination] of LAYOUTS) {
  describeReal(`a mailbox moved to ${layout}`, { destination }, (world) => {
    it('arrives whole, with its roles and subscriptions, and once only', async () => {
      const limit = 300;
      const user = newcomer('ann');
      await world.fill(user, 'small', { limit });
      expectSynced(await world.move(user));
      await world.expectFaithful(user, limit);
      const { foldersExtra, rolesLost, subscriptionsMissing } = await world.compare(user);
      expect({ foldersExtra, rolesLost, subscriptionsMissing }).toEqual({
        foldersExtra: [],
        rolesLost: [],
        subscriptionsMissing: [],
      });
      const before = await world.mailAt(world.destination(user));
      expectSynced(await world.move(user));
      expect(await world.mailAt(world.destination(user))).toEqual(before);
    });
  });
}
