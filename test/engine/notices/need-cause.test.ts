import { describe, expect, it } from 'vitest';
import { byCause } from '../../../src/engine/notices/need-cause.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import { needsOf } from '../../../src/protocol/needs.js';
import { aCause, aMailbox, aNight, counts, NOW } from '../../ui/support/a-batch.js';
import { refused } from './a-watch.js';

const told = (mailboxes: readonly MailboxEntity[]) => byCause(needsOf(mailboxes));

const failed = (id: string, n: number) =>
  aMailbox(id, {
    state: { kind: 'synced', at: NOW },
    endedAt: NOW,
    errors: n,
    counts: counts(100, 100 - n, { failed: n, left: 0 }),
    cause: aCause('TOOBIG', { messages: n, side: 'destination', text: 'NO [TOOBIG] no' }),
  });

describe('the causes that are told', () => {
  it('are those that the console lists, with the same messages: failed ones wait, too', () => {
    expect(told([failed('ann', 24), failed('bob', 3)])).toMatchObject([
      {
        messages: 27,
        cause: { kind: 'left-behind', side: 'destination', code: 'TOOBIG', response: 'NO [TOOBIG] no' },
      },
    ]);
  });

  it('hold each mailbox once', () => {
    const needs = needsOf(aNight());
    const mailboxes = byCause(needs).flatMap((group) => group.mailboxes.map(({ id }) => id));
    expect(mailboxes.toSorted()).toEqual(needs.flatMap((need) => need.mailboxes.map(({ id }) => id)).toSorted());
  });

  it('say a password once, also where a shared login was refused for another mailbox', () => {
    const because = { key: 'shared login refused', side: 'source', mailbox: 'ann' } as const;
    const eve = refused('eve', {
      state: { kind: 'held', because, asks: { key: 'as-written', text: 'Mend the password.' } },
    });
    const groups = told([eve, refused('ann', { cause: aCause('AUTHENTICATIONFAILED', { side: 'source' }) })]);
    expect(groups).toMatchObject([
      { key: 'password source', cause: { kind: 'password', side: 'source', code: 'AUTHENTICATIONFAILED' } },
    ]);
    expect(groups[0]?.mailboxes).toHaveLength(2);
  });

  it('do not count what nobody could look into', () => {
    const [group] = told([refused('ann')]);
    expect(group?.messages).toBeNull();
  });
});
