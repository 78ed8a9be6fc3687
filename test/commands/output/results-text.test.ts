import { expect, it } from 'vitest';
import { resultsText } from '../../../src/commands/output/results-text.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aCause, aHeld, aMailbox, counts, NOW } from '../../ui/support/a-batch.js';

const synced = { kind: 'synced', at: NOW } as const;
const large = (email: string, failed: number) =>
  aMailbox(email, {
    state: synced,
    errors: failed,
    counts: counts(100, 100 - failed, { failed, left: 0 }),
    cause: aCause('TOOBIG', { messages: failed, rule: 'x' }),
  });
const givenUp = { kind: 'given-up', at: NOW, by: 'eva', reason: 'left in June' } as const;

it('sums a batch up: the verdict, what needs somebody by cause, what was given up, what to type', () => {
  const mailboxes = [large('s1', 24), large('s2', 1), aMailbox('yan', { state: givenUp, counts: counts(500, 0) })];
  const leftOut = { accepted: 0, givenUp: 500 };
  const lines = resultsText(aBatch(mailboxes, { state: 'ended', leftOut }), mailboxes, 'school');
  expect(lines[0]).toBe('2 of 3 mailboxes need you: 25 messages are not copied');
  expect(lines.slice(3)).toEqual([
    'NEEDS YOU    BECAUSE  MESSAGES  TO DO',
    '2 mailboxes  TOOBIG         25  skip, or raise limit',
    'given up yan: left in June',
    'nightferry attach school  lists them, with the key that answers each',
    'nightferry resume school  tries all of it again',
  ]);
});

it('names what was left out where nothing needs anybody', () => {
  const mailboxes = [
    aMailbox('ann', { state: synced, counts: counts(9, 9) }),
    aMailbox('yan', { state: givenUp, counts: counts(500, 0) }),
  ];
  const leftOut = { accepted: 0, givenUp: 500 };
  const [verdict] = resultsText(aBatch(mailboxes, { state: 'ended', leftOut }), mailboxes, 'school');
  expect(verdict).toBe('done, and nothing needs you: 1 mailbox given up (500 messages not copied) by decision');
});

it('counts no messages where none is missing, or where nobody could count them', () => {
  const verdictOf = (...mailboxes: readonly MailboxEntity[]) =>
    resultsText(aBatch(mailboxes, { state: 'ended' }), mailboxes, 'school')[0];
  const doubled = aMailbox('ok2', {
    state: { kind: 'incomplete', at: NOW, left: 0, because: { key: 'short', by: [] } },
    doubled: 5,
    counts: counts(150, 150),
    cause: { ...aCause('DOUBLES', { messages: 5, rule: 'x' }), of: 'second copies' },
  });
  const unseen = aMailbox('w1', {
    state: aHeld('w1', said('source', 'NO [AUTHENTICATIONFAILED] no'), '').state,
    counts: counts(0, 0),
    folders: [],
  });
  const gone = aMailbox('yan', { state: givenUp, counts: counts(0, 0) });
  expect(verdictOf(doubled)).toBe('1 of 1 mailbox needs you: no message is missing');
  expect(verdictOf(unseen)).toBe('1 of 1 mailbox needs you: what nobody could look into is not copied');
  expect(verdictOf(gone)).toBe('done, and nothing needs you: 1 mailbox given up by decision');
});
