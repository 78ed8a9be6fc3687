import { expect, it } from 'vitest';
import { NOTHING_TOLD, parseStatus, statusItems } from '../../../../src/engine/imap/commands/status.js';
import { response } from '../grammar/responses.js';

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
  expect(status('* STATUS A ()')?.status).toEqual(NOTHING_TOLD);
  expect(status('* STATUS A (MESSAGES 0)')?.status.messages).toBe(0);
  expect(status('* STATUS A (APPENDLIMIT NIL)')?.status.appendLimit).toBeNull();
});

it.each([
  'UIDNEXT x',
  'UIDNEXT 0',
  'UIDNEXT -4',
  'UIDNEXT 99999999999',
  'MESSAGES -1',
  'MESSAGES 1e3',
  'UIDVALIDITY 0',
])('takes %s for not said', (item) => {
  expect(status(`* STATUS A (${item})`)?.status).toEqual(NOTHING_TOLD);
});

it.each([
  ['* STATUS Alte Post (MESSAGES 0 UIDNEXT 1)', 'Alte Post'],
  ['* STATUS Alte Post(MESSAGES 0)', 'Alte Post'],
  ['* STATUS News (Quick) (MESSAGES 0)', 'News (Quick)'],
  ['*  STATUS  "Alte Post"  (MESSAGES 0) ', 'Alte Post'],
  ['* STATUS NIL (MESSAGES 0)', 'NIL'],
  ['* STATUS (a) (MESSAGES 0)', '(a)'],
])('reads a name that is written without quotes: %j', (text, name) => {
  expect(status(text)).toMatchObject({ name, status: { messages: 0 } });
});

it.each(['* STATUS A', '* STATUS A (MESSAGES', '* STATUS', '* LIST () "/" A', 'n1 OK STATUS A ()'])(
  'reads nothing from %j',
  (text) => {
    expect(status(text)).toBeUndefined();
  },
);
