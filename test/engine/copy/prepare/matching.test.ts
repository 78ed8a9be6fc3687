import { expect, it } from 'vitest';
import { groupBy, messageIdOf, TIERS, tierKey } from '../../../../src/engine/copy/prepare/matching.js';
import { seen } from '../../../support/mail-messages.js';

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
