import { expect, it } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

describeReal('a plan', { destination: { separator: '.', prefix: 'INBOX.', names: 'german' } }, (world) => {
  const planOf = (name: string, users: readonly string[], passwords: Readonly<Record<string, string>> = {}) => {
    const rows = users.map((user) => `${user},${user},pass,${passwords[user] ?? 'pass'}`);
    return world.operator.file(
      `${name}.csv`,
      ['EmailAddress,UserName,Password,DestinationPassword', ...rows].join('\n'),
    );
  };
  const run = (plan: string, ...options: string[]) =>
    world.operator.run([
      ...['run', plan, '--json', '--insecure-plaintext', '--stagger', '0'],
      ...['--source', `imap://127.0.0.1:${world.pair.source.port}`],
      ...['--destination', `imap://127.0.0.1:${world.pair.destination.port}`],
      ...options,
    ]);

  it('of five mailboxes with stagger 0: one that fails stops no other, and comes when its password is right', async () => {
    const plan = newcomer('five');
    const [ann, carl] = [newcomer('ann'), newcomer('carl')];
    const users = [ann, newcomer('bob'), carl, newcomer('dora'), newcomer('eve')];
    for (const user of users) await world.fill(user, 'small', { limit: 100 });
    const ended = await run(await planOf(plan, users, { [carl]: 'not it' }));
    expect(ended.code, story(ended)).toBe(3);
    const { batch } = await world.operator.status(plan);
    expect(batch).toMatchObject({ mailboxes: 5, byState: { synced: 4, held: 1 }, counts: { total: 400, copied: 400 } });
    expect(lastOf(ended, carl).state).toMatchObject({
      kind: 'held',
      because: { code: 'AUTHENTICATIONFAILED' },
    });
    await planOf(plan, users);
    const again = await world.operator.run(['resume', plan, '--json']);
    for (const user of users) {
      expectSynced(again, user);
      await world.expectFaithful(user, 100);
    }
    expect(lastOf(again, ann).counts).toEqual(lastOf(ended, ann).counts);
    expect((await world.operator.status(plan)).batch).toMatchObject({ byState: { synced: 5 }, errors: 0 });
  });

  it('of twenty mailboxes at once: all arrive', async () => {
    const users = Array.from({ length: 20 }, (_, at) => newcomer(`user${at}`));
    for (const [at, user] of users.entries()) await world.fill(user, 'small', { limit: 50, seed: at + 1 });
    const ended = await run(await planOf(newcomer('twenty'), users), '--concurrency', '20');
    expect(ended.code, story(ended)).toBe(0);
    for (const user of users) {
      expectSynced(ended, user);
      await world.expectFaithful(user, 50);
    }
    process.stdout.write(`20 mailboxes at once: peak RSS ${Math.round(ended.peakRss / 1e6)} MB\n`);
  });
});
