import { expect, it } from 'vitest';
import { modseq, parseStatus, statusItems } from '../../../src/engine/imap/status.js';
import { response } from './responses.js';

const status = (text: string) => parseStatus(response(text));

it('asks only for what the server can tell', () => {
  expect(statusItems(new Set())).toBe('MESSAGES UIDNEXT UIDVALIDITY');
  expect(statusItems(new Set(['CONDSTORE']))).toContain('HIGHESTMODSEQ');
  expect(statusItems(new Set(['QRESYNC']))).toContain('HIGHESTMODSEQ');
  expect(statusItems(new Set(['APPENDLIMIT']))).toContain('APPENDLIMIT');
  expect(statusItems(new Set(['APPENDLIMIT=100']))).not.toContain('APPENDLIMIT');
});

it('reads a row, in any case and order', () => {
  expect(status('* status "A b" (uidvalidity 7 UIDNEXT 11 MESSAGES 10 HIGHESTMODSEQ 99 APPENDLIMIT 5 X (y))')).toEqual({
    name: 'A b',
    status: { messages: 10, uidNext: 11, uidValidity: '7', highestModseq: '99', appendLimit: 5 },
  });
});

it.each([
  ['* STATUS A (MESSAGES 1)', 'A'],
  ['* STATUS "a\\"b" (MESSAGES 1)', 'a"b'],
  ['* STATUS {2}\r\na) (MESSAGES 1)', 'a)'],
  ['* STATUS "" (MESSAGES 1)', ''],
])('reads the name of %j', (text, name) => {
  expect(status(text)?.name).toBe(name);
});

it('tells what was not said from what is 0', () => {
  expect(status('* STATUS A ()')?.status).toEqual({
    messages: 0,
    uidNext: 0,
    uidValidity: null,
    highestModseq: null,
    appendLimit: null,
  });
  expect(status('* STATUS A (APPENDLIMIT NIL)')?.status.appendLimit).toBeNull();
  expect(status('* STATUS A (UIDNEXT x)')?.status.uidNext).toBe(0);
});

it('keeps 63 bits of MODSEQ, and knows that 0 is none', () => {
  expect(modseq('9223372036854775807')).toBe('9223372036854775807');
  expect([modseq('0'), modseq('000'), modseq(''), modseq(undefined)]).toEqual([null, null, null, null]);
});

it.each([
  '* STATUS A',
  '* STATUS A (MESSAGES',
  '* STATUS (a) (MESSAGES 1)',
  '* STATUS',
  '* LIST () "/" A',
  'n1 OK STATUS A ()',
])('reads nothing from %j', (text) => {
  expect(status(text)).toBeUndefined();
});
