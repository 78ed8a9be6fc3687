import { expect, it } from 'vitest';
import { fill } from '../support/corpus.js';
import { story } from '../support/nightferry.js';
import { newcomer } from './newcomer.js';
import { describeReal } from './world.js';

describeReal('a write test on real servers', {}, (world) => {
  it('finds nothing to say of a Dovecot, keeps nothing there, and leaves the mail beside it as it was', async () => {
    const user = newcomer('ann');
    await world.fill(user, 'small', { limit: 20 });
    await fill(world.destination(user), 'small', { limit: 5 });
    const before = await world.mailAt(world.destination(user));
    const plan = await world.operator.file('plan.csv', `EmailAddress,UserName,Password\n${user},${user},pass\n`);
    const words = ['check', plan, '--source', `imap://127.0.0.1:${world.pair.source.port}`];
    const more = ['--destination', `imap://127.0.0.1:${world.pair.destination.port}`, '--insecure-plaintext', '--json'];

    const ended = await world.operator.run([...words, ...more, '--write-test', '--yes']);

    expect(ended.code, story(ended)).toBe(0);
    const lines = ended.events.map((event) => ({ ...event }) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ type: 'check', mailboxes: 1, writtenTo: 1 });
    const ofTest = /^(?:write-test|folders-refused|messages-|bodies-(?!unread)|flags-|keywords-|dates-dropped)/;
    expect(lines.filter(({ kind }) => ofTest.test(String(kind)))).toEqual([]);
    expect(await world.mailAt(world.destination(user))).toEqual(before);
  });
});
