import { expect, it } from 'vitest';
import { mayCreateBelow, mayInsert, maySetFlags, readRightsRow } from '../../../../src/engine/imap/commands/rights.js';

it.each([
  ['* MYRIGHTS INBOX rwiptsldaex', 'rwiptsldaex'],
  ['* myrights "My Folder" LRS', 'lrs'],
  ['* MYRIGHTS "INBOX" "acdilrsw"', 'acdilrsw'],
  ['* MYRIGHTS INBOX ""', ''],
  ['* MYRIGHTS INBOX', null],
  ['* MYRIGHTS "My Folder"', null],
  ['* MYRIGHTS INBOX (lrs)', null],
  ['* MYRIGHTS "broken', null],
  ['* OK MYRIGHTS', undefined],
])('reads %s', (text, rights) => {
  expect(readRightsRow({ text, literals: [] })).toBe(rights);
});

it.each([
  ['lrswipkxtea', true, true, true],
  ['acdilrsw', true, true, true],
  ['lrs', false, false, false],
  ['lrsi', true, false, false],
  ['', false, false, false],
])('%s: insert %s, create %s, set flags %s', (rights, insert, create, flags) => {
  expect([mayInsert(rights), mayCreateBelow(rights), maySetFlags(rights)]).toEqual([insert, create, flags]);
});
