import { expect, it } from 'vitest';
import { parseTagged } from '../../../../src/engine/imap/connection/tagged.js';

it.each([
  ['n1 OK done', { status: 'OK', line: 'OK done', code: null, codeArgs: '' }],
  [
    'n1 ok [APPENDUID 7 1:3] done',
    { status: 'OK', line: 'ok [APPENDUID 7 1:3] done', code: 'APPENDUID', codeArgs: '7 1:3' },
  ],
  ['n1 NO [overquota] full', { status: 'NO', line: 'NO [overquota] full', code: 'OVERQUOTA', codeArgs: '' }],
  ['n1 BAD', { status: 'BAD', line: 'BAD', code: null, codeArgs: '' }],
  ['n1 NO [', { status: 'NO', line: 'NO [', code: null, codeArgs: '' }],
  ['n1 NO []', { status: 'NO', line: 'NO []', code: null, codeArgs: '' }],
  ['n1 NO see [LIMIT] there', { status: 'NO', line: 'NO see [LIMIT] there', code: null, codeArgs: '' }],
  ['n1 OK [X a] b] c', { status: 'OK', line: 'OK [X a] b] c', code: 'X', codeArgs: 'a' }],
])('reads %s', (text, answer) => {
  expect(parseTagged(text)).toEqual({ tag: 'n1', answer });
});

it('reads the words of a server as UTF-8 where they are that', () => {
  const wire = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  expect(parseTagged(wire('n1 NO Postfach von Jürgen ist voll'))?.answer.line).toBe('NO Postfach von Jürgen ist voll');
  expect(parseTagged(wire('n1 NO [OVERQUOTA] 邮箱已满'))?.answer).toMatchObject({
    line: 'NO [OVERQUOTA] 邮箱已满',
    code: 'OVERQUOTA',
  });
  expect(parseTagged('n1 NO J\u00fcrgen in Latin-1')?.answer.line).toBe('NO J\u00fcrgen in Latin-1');
});

it.each(['', 'n1', 'n1 OKAY', 'n1 PREAUTH', ' OK', 'n1  OK', '* 3 EXISTS'])(
  'does not take %j for an answer',
  (text) => {
    expect(parseTagged(text)).toBeUndefined();
  },
);
