import { expect, it } from 'vitest';
import { lastOf } from '../support/nightferry.js';
import { describeReal, expectSynced } from './world.js';

describeReal('a mailbox between two servers of one kind', {}, (world) => {
  it.each([
    ['small', 1500],
    ['mixed', 150],
    ['large', 6],
  ] as const)('arrives whole: %s, %i messages', async (profile, limit) => {
    await world.fill(profile, profile, { limit });
    const ended = await world.move(profile);
    expectSynced(ended);
    const { counts } = lastOf(ended);
    expect(counts).toMatchObject({ total: limit, copied: limit, matched: 0, bytesCopied: counts.bytesTotal });
    await world.expectFaithful(profile, limit);
  });

  it('is left alone by a second run, which finds nothing to do', async () => {
    const before = await world.mailAt(world.destination('small'));
    const again = await world.move('small');
    expectSynced(again);
    expect(lastOf(again).counts).toMatchObject({ total: 1500, copied: 1500, bytesCopied: 0 });
    expect(await world.mailAt(world.destination('small'))).toEqual(before);
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
      await world.fill('ann', 'small', { limit });
      expectSynced(await world.move('ann'));
      await world.expectFaithful('ann', limit);
      const { foldersExtra, rolesLost, subscriptionsMissing } = await world.compare('ann');
      expect({ foldersExtra, rolesLost, subscriptionsMissing }).toEqual({
        foldersExtra: [],
        rolesLost: [],
        subscriptionsMissing: [],
      });
      const before = await world.mailAt(world.destination('ann'));
      expectSynced(await world.move('ann'));
      expect(await world.mailAt(world.destination('ann'))).toEqual(before);
    });
  });
}
