import { expect, it } from 'vitest';
import { groupBy, matchByIds, messageIdOf, TIERS, tierKey } from '../../../src/engine/copy/matching.js';
import { mine, seen } from './messages.js';

it('lets a message take part in the tiers that what is known of it allows', () => {
  const tiersOf = (message: ReturnType<typeof seen>) => TIERS.filter((tier) => tierKey(tier, message) !== null);
  expect(tiersOf(seen(1))).toEqual(['id, size and date', 'size and date', 'id']);
  expect(tiersOf(seen(1, { messageId: null }))).toEqual(['size and date', 'size', 'date', 'no id']);
  expect(tiersOf(seen(1, { messageId: undefined }))).toEqual(['size and date', 'size', 'date', 'no id']);
  expect(tiersOf(seen(1, { date: undefined }))).toEqual(['id']);
  expect(tiersOf(seen(1, { date: undefined, messageId: null }))).toEqual(['size', 'no id']);
});

it('keeps apart what differs in any part of a key', () => {
  const all = [seen(1), seen(2, { size: 11 }), seen(3, { date: 1001 }), seen(4, { messageId: 'b@x' }), seen(5)];
  const groups = [...groupBy(all, 'id, size and date').values()].map((group) => group.map(({ uid }) => uid));
  expect(groups).toEqual([[1, 5], [2], [3], [4]]);
});

it('takes Message-ID, size and date for proof where they stand once on both sides', () => {
  expect(matchByIds([seen(11)], [mine(1)])).toEqual([[1, 11]]);
});

it.each([
  ['twice at the destination', [seen(11), seen(12)], [mine(1)]],
  ['twice at the source', [seen(11)], [mine(1), mine(2)]],
  ['without Message-ID', [seen(11, { messageId: null })], [mine(1, { messageId: null })]],
  ['with an empty Message-ID', [seen(11, { messageId: '' })], [mine(1, { messageId: '' })]],
  ['without a date', [seen(11, { date: undefined })], [mine(1, { date: undefined })]],
  ['with another size', [seen(11, { size: 11 })], [mine(1)]],
  ['with another date', [seen(11, { date: 1001 })], [mine(1)]],
] as const)('does not take them for proof %s', (_how, there, candidates) => {
  expect(matchByIds(there, candidates)).toEqual([]);
});

it.each([
  ['Message-ID: <a@x>\r\n\r\n', '<a@x>'],
  ['message-id:<a@x>\r\n', '<a@x>'],
  ['MESSAGE-ID \t: <a@x>', '<a@x>'],
  ['Message-ID:\r\n <a@x>\r\n\r\n', '<a@x>'],
  ['Message-ID: <a\r\n\t@x>\r\n', '<a@x>'],
  ['Message-ID: <a@x>\n', '<a@x>'],
  ['Subject: x\r\nMessage-ID: <b@x>\r\n', '<b@x>'],
  ['X-Message-ID: <a@x>\r\n', null],
  ['Subject: Message-ID: <a@x>\r\n', null],
  ['Message-ID:\r\n\r\n', null],
  ['Message-ID: \r\nSubject: x\r\n', null],
  ['\r\n', null],
  ['', null],
])('reads the Message-ID of %j', (header, id) => {
  expect(messageIdOf(header)).toBe(id);
});
