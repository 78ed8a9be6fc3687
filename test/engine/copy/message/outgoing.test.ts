import { expect, it } from 'vitest';
import { prepareMessage } from '../../../../src/engine/copy/message/outgoing.js';
import { nothingTreated } from '../../../../src/store/ledger/treated.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';
import { ALL_DAYS } from '../../../../src/words/days.js';

const BODY = Buffer.from('Subject: a\r\n\r\nb\r\n');

const message = (...flags: string[]) => ({
  uid: 7,
  flags,
  internalDate: '01-Mar-2026 10:00:00 +0000',
  row: 'as asked' as const,
  body: { slices: [BODY], length: BODY.length },
});
const withoutDeleted = { ...nothingTreated(), 'without-deleted': UidSet.from([7]) };

it.each([
  ['carry', nothingTreated(), 'carry', ['\\Seen', '\\Deleted']],
  ['strip', nothingTreated(), 'strip', ['\\Seen']],
  ['skip', nothingTreated(), 'skip', ['\\Seen', '\\Deleted']],
  // An order about this message counts more than what the run does with all of them.
  ['carry', withoutDeleted, 'strip', ['\\Seen']],
  ['skip', withoutDeleted, 'strip', ['\\Seen']],
] as const)('with --deleted %s sends a marked message so', (deleted, treated, becomes, flags) => {
  const prepared = prepareMessage(message('\\Seen', '\\Deleted'), treated, { deleted, dates: 'internal', ...ALL_DAYS });
  expect(prepared.deleted).toBe(becomes);
  expect(prepared.outgoing.flags).toEqual(flags);
  expect(prepared.sent.flags).toEqual(flags);
});

it('notes nothing for a message without the mark', () => {
  const prepared = prepareMessage(message('\\Seen'), withoutDeleted, {
    deleted: 'strip',
    dates: 'internal',
    ...ALL_DAYS,
  });
  expect(prepared.deleted).toBeNull();
  expect(prepared.outgoing.flags).toEqual(['\\Seen']);
});
