import { expect, it } from 'vitest';
import { parseUidList } from '../../../../src/engine/imap/grammar/uid-list.js';

it.each([
  ['1', [1]],
  ['1:3', [1, 2, 3]],
  ['3:1', [1, 2, 3]],
  ['5,1:2,4', [5, 1, 2, 4]],
  ['7:7', [7]],
  ['4294967295', [4294967295]],
])('reads %s in the order it was written', (text, uids) => {
  expect(parseUidList(text)).toEqual(uids);
});

it.each([
  '',
  ',',
  '1,',
  '0',
  '1:0',
  '1:*',
  '*',
  'a',
  '1:2:3',
  '4294967296',
  '99999999999',
  '1:4294967295',
  ' 1',
  '-1',
  '1.5',
])('reads nothing from %j', (text) => {
  expect(parseUidList(text)).toBeNull();
});

it('reads no list that would fill the memory', () => {
  expect(parseUidList('1:1000000')).toHaveLength(1_000_000);
  expect(parseUidList('1:1000001')).toBeNull();
  expect(parseUidList(Array.from({ length: 400 }, () => '1:1000000').join(','))).toBeNull();
});
