import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { MASTER } from '../support/dovecot.js';
import { lastOf } from '../support/nightferry.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 60;

describeReal('servers that are trusted, and admins who act for others', {}, (world) => {
  const tls = (user: string, side: 'source' | 'destination') => `imaps://${user}@127.0.0.1:${world.pair[side].tlsPort}`;
  const starttls = (user: string, side: 'source' | 'destination') =>
    `imap://${user}@localhost:${world.pair[side].port}`;
  const fingerprint = () => new X509Certificate(world.pair.certificate).fingerprint256;
  const move = (source: string, destination: string, ...options: string[]) =>
    world.operator.run(['move', source, destination, '--json', '--name', 'trust', ...options], { state });
  let state = '';
  const afresh = async (name: string) => {
    const user = newcomer(name);
    state = await world.operator.emptyState();
    await world.fill(user, 'small', { limit: LIMIT });
    return user;
  };

  it('speaks TLS with servers whose authority is given', async () => {
    const user = await afresh('ca');
    const file = world.pair.certificateFile;
    const trusted = ['--source-ca', file, '--destination-ca', file];
    expectSynced(await move(tls(user, 'source'), tls(user, 'destination'), ...trusted));
    await world.expectFaithful(user, LIMIT);
  });

  it('speaks STARTTLS, and TLS with the fingerprint that the operator gave', async () => {
    const user = await afresh('starttls');
    const trusted = ['--source-ca', world.pair.certificateFile, '--destination-fingerprint', fingerprint()];
    expectSynced(await move(starttls(user, 'source'), tls(user, 'destination'), ...trusted));
    await world.expectFaithful(user, LIMIT);
  });

  it.each([
    [
      'no authority is known',
      [],
      /destination localhost:\d+ shows a certificate that is not trusted: .*--destination-fingerprint [0-9A-F]{64}\. Nothing was started$/m,
    ],
    [
      'the fingerprint is another',
      ['--destination-fingerprint', 'AB'.repeat(32)],
      /destination localhost:\d+ shows another certificate than --destination-fingerprint names/,
    ],
  ])('starts nothing and sends no password where %s', async (_, options, why) => {
    const user = await afresh('untrusted');
    const source = ['--source-ca', world.pair.certificateFile];
    const ended = await move(starttls(user, 'source'), starttls(user, 'destination'), ...source, ...options);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(why);
    const log = await world.pair.destination.log();
    expect(log).not.toContain(`user=<${user}>`);
  });

  it('logs an admin in by a template on one side and by authzid on the other', async () => {
    const owner = await afresh('owner');
    const plan = await world.operator.file('admin.csv', `EmailAddress,UserName\n${owner},${owner}\n`);
    const file = world.pair.certificateFile;
    const argv = (source: string, destination: string, ...options: string[]) => [
      ...['run', plan, '--name', 'admin', '--json', '--source', source, '--destination', destination],
      ...['--source-ca', file, '--destination-ca', file, ...options],
    ];
    const passwords = { source: MASTER.password, destination: MASTER.password };
    const host = (side: 'source' | 'destination') => `127.0.0.1:${world.pair[side].tlsPort}`;
    const template = ['--source-login', `{user}*${MASTER.user}`, '--destination-authzid'];
    expectSynced(
      await world.operator.run(
        argv(`imaps://${host('source')}`, `imaps://${MASTER.user}@${host('destination')}`, ...template),
        { passwords, state },
      ),
    );
    await world.expectFaithful(owner, LIMIT);
    // The other way round, from a state that knows nothing: all mail is there already.
    const around = ['--source-authzid', '--destination-login', `{user}*${MASTER.user}`];
    const back = await world.operator.run(
      argv(`imaps://${MASTER.user}@${host('source')}`, `imaps://${host('destination')}`, ...around),
      { passwords, state: await world.operator.emptyState() },
    );
    expectSynced(back);
    expect(lastOf(back).counts).toMatchObject({ matched: LIMIT, copied: 0 });
    await world.expectFaithful(owner, LIMIT);
    const admins = await world.mailAt({ ...world.destination(MASTER.user), password: 'pass' });
    expect([...admins.values()].flatMap(({ messages }) => messages ?? [])).toEqual([]);
  });
});
