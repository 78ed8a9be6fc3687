import { expect, it } from 'vitest';
import type { FolderStatus } from '../../../../src/engine/imap/commands/status.js';
import { countersStandStill, nothingToDo } from '../../../../src/engine/mailbox/pass/nothing-to-do.js';
import { FolderTally } from '../../../../src/engine/mailbox/pass/tally.js';
import type { MailboxFolder } from '../../../../src/store/mailbox/mailbox-document.js';
import { ALL_DAYS } from '../../../../src/words/days.js';

const status = (of: Partial<FolderStatus> = {}): FolderStatus => ({
  messages: 10,
  uidNext: 11,
  uidValidity: '7',
  highestModseq: null,
  appendLimit: null,
  ...of,
});

const settled: MailboxFolder = {
  source: 'A',
  destination: 'A',
  ledgerId: 'id',
  counts: new FolderTally('A', 'A').counts,
  uidValidity: '1',
  proven: true,
  settledAt: {
    uidValidity: '7',
    uidNext: 11,
    highestModseq: null,
    messages: 10,
    destinationUidValidity: '9',
    believed: 0,
    leftOut: 0,
    days: '',
  },
};
const now = { source: status(), destination: status({ uidValidity: '9', uidNext: 500 }) };

it('leaves a folder alone that was settled, where no UID was given since', () => {
  expect(nothingToDo(settled, now, { deleted: 'carry', ...ALL_DAYS })).toBe(true);
});

it('does not mind what was deleted at the source or came in at the destination', () => {
  const later = {
    source: status({ messages: 3 }),
    destination: status({ uidValidity: '9', uidNext: 900, messages: 99 }),
  };
  expect(nothingToDo(settled, later, { deleted: 'carry', ...ALL_DAYS })).toBe(true);
});

it.each([
  ['was never seen', undefined, now],
  ['was not settled', { ...settled, settledAt: null }, now],
  ['has new mail', settled, { ...now, source: status({ uidNext: 12 }) }],
  ['was made anew at the source', settled, { ...now, source: status({ uidValidity: '8' }) }],
  ['was made anew at the destination', settled, { ...now, destination: status({ uidValidity: '10' }) }],
  ['is not there at the source', settled, { ...now, source: undefined }],
  ['is not there at the destination', settled, { ...now, destination: undefined }],
  ['has no lasting UIDs', settled, { ...now, source: status({ uidValidity: null }) }],
  ['holds more than it did under the same UIDNEXT', settled, { ...now, source: status({ messages: 11 }) }],
  ['tells no count', settled, { ...now, source: status({ messages: null }) }],
  ['has messages left by its own counts', { ...settled, counts: { ...settled.counts, left: 6 } }, now],
  ['was believed four times', { ...settled, settledAt: { ...settled.settledAt!, believed: 4 } }, now],
  ['left messages out for \\Deleted', { ...settled, settledAt: { ...settled.settledAt!, leftOut: 2 } }, now],
  ['had no UIDNEXT', { ...settled, settledAt: { ...settled.settledAt!, uidNext: null } }, now],
] as const)('opens a folder that %s', (_why, known, then) => {
  expect(nothingToDo(known, then, { deleted: 'carry', ...ALL_DAYS })).toBe(false);
});

it('leaves a folder alone whose messages marked as deleted are left out again', () => {
  const leftOut = { ...settled, settledAt: { ...settled.settledAt!, leftOut: 2 } };
  expect(nothingToDo(leftOut, now, { deleted: 'skip', ...ALL_DAYS })).toBe(true);
});

it('takes counters to stand still only where the opening contradicts a STATUS that tells nothing new', () => {
  const more = { uidNext: 12, messages: 11 };
  expect(countersStandStill(settled, status(), more)).toBe(true);
  expect(countersStandStill(undefined, status(), more)).toBe(true);
  expect(countersStandStill(settled, status(), { uidNext: 11, messages: 10 })).toBe(false);
  // Mail has arrived since the last look, and STATUS says so.
  expect(countersStandStill(settled, status({ uidNext: 12, messages: 11 }), { uidNext: 13, messages: 12 })).toBe(false);
  expect(countersStandStill(settled, status(), null)).toBe(false);
  expect(countersStandStill(settled, status({ uidNext: null }), { uidNext: 12, messages: null })).toBe(false);
});
