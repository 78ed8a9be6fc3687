import { expect, it } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { type Refused, Refusing, TOOK } from './refusing.js';
import { describeReal } from './world.js';

const OVER_QUOTA = {
  side: 'destination',
  command: 'APPEND',
  response: expect.stringMatching(`^NO \\[OVERQUOTA\\] Quota exceeded \\(mailbox for user is full\\) ${TOOK}`),
  verdict: { kind: 'quota', code: 'OVERQUOTA', scope: 'mailbox', next: 'skip-message' },
};

describeReal('a destination that refuses', {}, (world) => {
  const refusing = new Refusing(world);
  /** The messages that were refused, and that the mailbox is held for it. */
  const expectOverQuota = async (one: Refused) => {
    const entered = await refusing.ledger(one);
    expect(entered).toContainEqual({ ...OVER_QUOTA, folder: 'INBOX', uids: expect.stringMatching(/^\d+(?::\d+)?/) });
    for (const entry of entered) expect(entry).toMatchObject(OVER_QUOTA);
  };

  it('more than the quota: what fits is there, the mailbox is held, and resumes when there is room', async () => {
    const full = await refusing.mailbox('full', '@quota');
    await refusing.put(
      full.user,
      'INBOX',
      Array.from({ length: 40 }, () => 20_000),
    );
    const ended = await refusing.run(full);
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended, full.to).state).toMatchObject({ kind: 'held', because: { code: 'OVERQUOTA' } });
    await refusing.expectNeighbourMoved(full, ended);
    await expectOverQuota(full);
    const { findings, destination } = await world.compare(full.user, full.to);
    expect(findings.every(({ what }) => what === 'missing')).toBe(true);
    expect(destination).toBeGreaterThan(4);
    expect(destination).toBeLessThan(40);
    await refusing.allow('quota', 'userdb_quota_rule=*:storage=200K', 'userdb_quota_rule=*:storage=20M');
    await refusing.expectMended(full, await refusing.resume(full), 40);
  });

  it('more than so many messages, as a quota too', async () => {
    const many = await refusing.mailbox('many', '@quotamsg');
    await refusing.put(
      many.user,
      'INBOX',
      Array.from({ length: 30 }, () => 500),
    );
    const ended = await refusing.run(many);
    expect(ended.code, story(ended)).toBe(3);
    await refusing.expectNeighbourMoved(many, ended);
    const { findings, destination } = await world.compare(many.user, many.to);
    expect(destination).toBe(10);
    expect(findings.map(({ what }) => what)).toEqual(Array.from({ length: 20 }, () => 'missing'));
    await expectOverQuota(many);
  });

  it('large messages: each is entered alone, and all others arrive', async () => {
    const big = await refusing.mailbox('big', '@small');
    await refusing.put(big.user, 'INBOX', [500, 70_000, 800, 900, 200_000, 1000, 64_000]);
    const ended = await refusing.run(big);
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended, big.to)).toMatchObject({
      state: { kind: 'synced' },
      counts: { copied: 5, failed: 2, left: 0 },
      errors: 2,
    });
    await refusing.expectNeighbourMoved(big, ended);
    expect(await refusing.ledger(big)).toEqual([
      {
        side: 'destination',
        command: 'APPEND',
        folder: 'INBOX',
        uids: '2,5',
        response: expect.stringMatching(
          `^NO \\[LIMIT\\] Mail size is larger than the maximum size allowed by server configuration ${TOOK}`,
        ),
        verdict: { kind: 'message-policy', code: 'LIMIT', scope: 'message', next: 'skip-message' },
      },
    ]);
    const { findings } = await world.compare(big.user, big.to);
    expect(findings.map(({ what, source }) => [what, source?.uid])).toEqual([
      ['missing', 2],
      ['missing', 5],
    ]);
    await refusing.allow('small', 'userdb_quota_max_mail_size=64K', 'userdb_quota_max_mail_size=64M');
    await refusing.expectMended(big, await refusing.resume(big), 7);
  });
});
