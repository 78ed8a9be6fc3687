import { X509Certificate } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { RawImap } from '../support/raw-imap.js';
import { type Entered, type Refused, Refusing } from './refusing.js';
import { describeReal, expectSynced, type World } from './world.js';

/** A refused login as it is entered. */
const refused = (response: string, verdict: object): Entered => ({
  ...{ side: 'destination', command: 'LOGIN', folder: null, uids: '' },
  response,
  verdict: expect.objectContaining(verdict),
});

async function aMailbox(refusing: Refusing, name: string, domain: `@${string}` | '' = ''): Promise<Refused> {
  const one = await refusing.mailbox(name, domain);
  await refusing.put(one.user, 'INBOX', [500, 600]);
  return one;
}

describeReal('a destination that refuses a login', {}, (world) => {
  const refusing = new Refusing(world);

  it('for a wrong password: held at once, tried once for all that share it, and nothing made anywhere', async () => {
    const wrong = await aMailbox(refusing, 'wrong');
    const ended = await refusing.run(wrong, { password: 'not it' });
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended, wrong.to)).toMatchObject({ state: { kind: 'held' }, attempts: 1 });
    const said = 'NO [AUTHENTICATIONFAILED] Authentication failed.';
    expect(await refusing.ledger(wrong)).toContainEqual(
      refused(said, { kind: 'auth', code: 'AUTHENTICATIONFAILED', scope: 'mailbox', next: 'hold' }),
    );
  });

  it.each([
    ['@denied', 'NO [AUTHENTICATIONFAILED] Authentication failed.', 'AUTHENTICATIONFAILED'],
    ['@disabled', 'NO [CONTACTADMIN] Login disabled for this user', 'CONTACTADMIN'],
  ] as const)(
    'to a user %s: held, in the server’s words, the others are moved, and it when it is let in',
    async (domain, said, code) => {
      const one = await aMailbox(refusing, 'shut', domain);
      const ended = await refusing.run(one);
      expect(ended.code, story(ended)).toBe(3);
      expect(lastOf(ended, one.to)).toMatchObject({
        state: { kind: 'held', because: { key: 'response', side: 'destination', response: said } },
        attempts: 1,
      });
      await refusing.expectNeighbourMoved(one, ended);
      expect(await refusing.ledger(one)).toEqual([
        refused(said, { kind: 'auth', code, scope: 'mailbox', next: 'hold' }),
      ]);
      if (domain === '@denied') await refusing.denyNobody();
      else await refusing.allow('disabled', 'nologin=y', '');
      await refusing.expectMended(one, await refusing.resume(one), 2);
    },
  );

  it('in maintenance: said in the server’s words, and tried again until it is told to stop', async () => {
    const eve = await aMailbox(refusing, 'eve', '@nologin');
    await refusing.expectNeighbourMoved(eve, await refusing.untilItRests(eve));
    const verdict = { kind: 'mailbox-state', code: 'CONTACTADMIN', scope: 'endpoint', next: 'wait' };
    const said = 'NO [CONTACTADMIN] Maintenance_until_06:00_UTC';
    expect(await refusing.ledger(eve)).toEqual([refused(said, verdict)]);
    await refusing.allow('nologin', 'nologin=y reason=Maintenance_until_06:00_UTC', '');
    await refusing.expectMended(eve, await refusing.resume(eve), 2);
  });
});

/** Connections of the user that others hold until the test is over, as a mail program does. */
async function othersHold(world: World, user: string, count: number): Promise<() => Promise<void>> {
  const open = await Promise.all(Array.from({ length: count }, () => RawImap.connect(world.destination(user))));
  const leave = async () => {
    await Promise.all(open.splice(0).map((client) => client.logout()));
  };
  onTestFinished(leave);
  return leave;
}

describeReal('a destination that bears two connections of a user', { destination: { maxConnections: 2 } }, (world) => {
  const refusing = new Refusing(world);

  it('and has one of them left: the mailbox is moved over that one', async () => {
    const one = await aMailbox(refusing, 'cramped');
    await othersHold(world, one.to, 1);
    const ended = await refusing.run(one);
    await refusing.expectMended(one, ended, 2);
    await refusing.expectNeighbourMoved(one, ended);
  });

  it('and has none left: it rests, in the server’s words, the others are moved, and it when there is room', async () => {
    const one = await aMailbox(refusing, 'crowded');
    const leave = await othersHold(world, one.to, 2);
    await refusing.expectNeighbourMoved(one, await refusing.untilItRests(one));
    const said = 'Maximum number of connections from user+IP exceeded (mail_max_userip_connections=2)';
    expect(await refusing.ledger(one)).toEqual([
      refused(`NO [LIMIT] ${said}`, { kind: 'throttled', code: 'LIMIT', scope: 'mailbox', next: 'wait' }),
    ]);
    await leave();
    await refusing.expectMended(one, await refusing.resume(one), 2);
  });
});

/** From 127.0.0.1 its clients are strangers to it there. */
const ELSEWHERE = '127.0.0.2';

describeReal(
  'a destination that takes no login in plaintext',
  { destination: { addresses: ['127.0.0.1', ELSEWHERE] } },
  (world) => {
    const refusing = new Refusing(world);

    it('is told no password, and holds everything with what it offers; by STARTTLS it takes all', async () => {
      const one = await aMailbox(refusing, 'disabled');
      const destination = `imap://${ELSEWHERE}:${world.pair.destination.port}`;
      const ended = await (await refusing.start(one, { destination })).ended;
      expect(ended.code, story(ended)).toBe(3);
      for (const email of [one.to, one.neighbour]) expect(lastOf(ended, email).state.kind).toBe('held');
      const [entry, ...more] = await refusing.ledger(one);
      expect(entry).toEqual({
        ...{ side: 'destination', command: 'connect', folder: null, uids: '' },
        response: expect.stringMatching(
          /^the server offers no login by password on this connection: .* STARTTLS LOGINDISABLED\]/,
        ),
        verdict: { kind: 'auth', code: null, scope: 'endpoint', next: 'hold' },
      });
      expect(more.every(({ response }) => response === entry?.response)).toBe(true);
      const log = await world.pair.destination.log();
      expect(log).toContain('no auth attempts');
      expect(log).not.toMatch(/plaintext/i);
      const { port } = world.pair.destination;
      const fingerprint = new X509Certificate(world.pair.certificate).fingerprint256;
      const secured = [
        ...[
          'move',
          `imap://${one.user}@127.0.0.1:${world.pair.source.port}`,
          `imap://${one.user}@${ELSEWHERE}:${port}`,
        ],
        ...['--source-fingerprint', fingerprint, '--destination-fingerprint', fingerprint, '--json'],
      ];
      expectSynced(await world.operator.run(secured));
      await world.expectFaithful(one.user, 2);
    });
  },
);

describeReal(
  'a destination that knows no way to log in that we have',
  { destination: { mechanisms: ['cram-md5'] } },
  (world) => {
    const refusing = new Refusing(world);

    it('is sent no password, and holds all mailboxes with its list of mechanisms', async () => {
      const one = await aMailbox(refusing, 'mechanism');
      const ended = await refusing.run(one);
      expect(ended.code, story(ended)).toBe(3);
      expect(lastOf(ended, one.to).state).toMatchObject({ kind: 'held' });
      expect((await refusing.ledger(one))[0]).toMatchObject({
        response: expect.stringMatching(/^the server offers no login by password on this connection: .*LOGINDISABLED/),
        verdict: { kind: 'auth', scope: 'endpoint', next: 'hold' },
      });
      expect(await world.pair.destination.log()).not.toMatch(/auth failed|Login:/);
    });
  },
);
