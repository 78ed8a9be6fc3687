import { expect, it } from 'vitest';
import { resultsText } from '../../../src/commands/output/results-text.js';
import { aBatch, aCause, aMailbox, counts, NOW } from '../../ui/support/a-batch.js';

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
