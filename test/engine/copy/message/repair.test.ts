import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repair } from '../../../../src/engine/copy/message/repair.js';
import type { Literal } from '../../../../src/engine/imap/grammar/response-reader.js';
import { repairText } from '../../../../src/words/findings/repairs.js';
import { literal } from '../../../support/mail-messages.js';

const textOf = ({ slices }: Literal) => Buffer.concat(slices as Buffer[]).toString('latin1');
const mended = (text: string, sliceBytes?: number) => textOf(repair(literal(text, sliceBytes)).body);
const told = (text: string) => repairText(repair(literal(text)).changes);
const x = (count: number) => 'x'.repeat(count);

/** Header, empty line, body: so that `body` stands in one of this encoding. */
const encoded = (encoding: string, body: string) => `Content-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;

describe('a message that nothing is wrong with', () => {
  it.each([
    ['a short one', 'Subject: x\r\n\r\nbody\r\n'],
    ['one without a body', 'Subject: x\r\n'],
    ['lines as long as may be', `Subject: ${x(989)}\r\n\r\n${x(998)}\r\n`],
    ['8-bit bytes', 'Subject: \xe4\r\n\r\n\xf6\xfc\r\n'],
  ])('comes out as it went in: %s', (_, text) => {
    const message = literal(text, 7);
    expect(repair(message)).toEqual({ body: message, changes: [] });
    expect(repair(message).body).toBe(message);
  });
});

describe('what servers refuse', () => {
  it.each([
    ['NUL', 'A: b\0\r\n\r\nx\0y\r\n', 'A: b\r\n\r\nxy\r\n', '2 NUL removed'],
    ['NUL within a line end', 'A: b\r\0\n\r\nx\r\n', 'A: b\r\n\r\nx\r\n', '1 NUL removed'],
    ['bare LF', 'A: b\n\nx\r\ny\n', 'A: b\r\n\r\nx\r\ny\r\n', '3 bare LF made CRLF'],
    ['bare CR in the body', 'A: b\r\n\r\nx\ry\r\n', 'A: b\r\n\r\nx\r\ny\r\n', '1 bare CR made CRLF'],
    ['two CRs before LF', 'A: b\r\r\n\r\r\nx\r\r\n', 'A: b\r\n\r\nx\r\n', '3 bare CR made CRLF'],
    ['CR at all line ends', 'A: b\rC: d\r\rx\ry\r', 'A: b\r\nC: d\r\n\r\nx\r\ny\r\n', '5 bare CR made CRLF'],
    ['no end at the end', 'A: b\r\n\r\nx', 'A: b\r\n\r\nx\r\n', '1 line end put at the end'],
    ['no byte at all', '', '\r\n', '1 line end put at the end'],
    ['nothing but NUL', '\0\0', '\r\n', '2 NUL removed, 1 line end put at the end'],
  ])('is mended, and told: %s', (_, text, result, changes) => {
    for (const slice of [1, 2, 3, 1000]) expect(mended(text, slice)).toBe(result);
    expect(told(text)).toBe(changes);
  });

  it('a stray CR in a header makes no header of what follows it, and does not end the headers', () => {
    expect(mended('A: b\r\nSubject: x\rBcc: y\r\rC: d\r\n\r\nbody\r\n')).toBe(
      'A: b\r\nSubject: x\r\n Bcc: y\r\n C: d\r\n\r\nbody\r\n',
    );
  });
});

describe('a header line that is too long', () => {
  it('is folded before white space, and says the same when unfolded', () => {
    const line = `To: ${Array.from({ length: 200 }, (_, i) => `user${i}@example.org`).join(', ')}`;
    const result = mended(`${line}\r\nSubject: y\r\n\r\nbody\r\n`);
    expect(result.replace(/\r\n(?=[ \t])/g, '')).toBe(`${line}\r\nSubject: y\r\n\r\nbody\r\n`);
    expect(told(`${line}\r\n\r\nbody\r\n`)).toBe('1 header line folded');
  });

  it('is not folded within its name, nor so that a line of white space alone is left', () => {
    const lines = mended(`Name : ${x(900)}   ${x(500)}\r\n\r\n`).split('\r\n');
    expect(lines).toEqual([`Name : ${x(900)}`, `   ${x(500)}`, '', '']);
    expect(mended(`Name :${x(1500)}\r\n\r\n`)).toMatch(/^Name :x{992}\r\n x{508}\r\n/);
  });

  it('is cut with a space where it has no white space', () => {
    expect(mended(`${x(1500)}\r\n\r\n`)).toBe(`${x(998)}\r\n ${x(502)}\r\n\r\n`);
    expect(told(`X-A:${x(3000)}\r\nX-B:${x(3000)}\r\n\r\n`)).toBe('2 header lines cut, with spaces put in');
  });
});

describe('a body line that is too long', () => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 251));

  it('decodes to the same as base64', () => {
    const text = encoded('base64', `${bytes.toString('base64')}\r\n`);
    const lines = mended(text).split('\r\n').slice(2);
    expect(Buffer.from(lines.join(''), 'base64').equals(bytes)).toBe(true);
    expect(Math.max(...lines.map(({ length }) => length))).toBe(76);
    expect(told(text)).toBe('1 encoded line broken anew');
  });

  it('decodes to the same as quoted-printable', () => {
    const body = [...bytes].map((byte) => (byte < 60 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : 'a'));
    const result = mended(encoded('quoted-printable', `${body.join('')}\r\n`));
    const lines = result.split('\r\n').slice(2);
    expect(lines.join('\r\n').replaceAll('=\r\n', '')).toBe(`${body.join('')}\r\n`);
    for (const line of lines) expect(line).toMatch(/^(?:[^=]|=[0-9A-F]{2})*=?$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBe(76);
  });

  it('is broken behind white space where it is as it is', () => {
    const words = Array.from({ length: 400 }, (_, i) => `word${i}`).join(' ');
    const lines = mended(encoded('8bit', `${words}\r\n`))
      .split('\r\n')
      .slice(2, -1);
    expect(lines.join('')).toBe(words);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/ $/);
    expect(told(encoded('8bit', `${words}\r\n`))).toBe('1 line broken at white space');
  });

  it('is cut where it has no white space, but not within a character', () => {
    const umlauts = 'ä'.repeat(1000);
    const text = Buffer.from(encoded('8bit', `x${umlauts}\r\n`)).toString('latin1');
    const [, , first, ...rest] = Buffer.from(mended(text), 'latin1').toString().split('\r\n');
    expect(Buffer.byteLength(first ?? '')).toBe(997);
    expect([first, ...rest].join('')).toBe(`x${umlauts}`);
    expect(told(text)).toBe('1 line cut, having no white space');
  });

  it('is read as what its own part says, in any nesting', () => {
    const message = [
      'Content-Type: multipart/mixed;',
      ' boundary="=_out er"',
      '',
      '--=_out er',
      'Content-Type: message/rfc822',
      '',
      'Content-Type: Multipart/Alternative; boundary=inner',
      '',
      x(1200),
      '--inner',
      'content-transfer-encoding: BASE64 ',
      '',
      'QUJD'.repeat(300),
      '--inner--',
      x(1200),
      '--=_out er  ',
      `X-Long: ${x(600)} ${x(600)}`,
      '',
      x(1200),
      '--=_out er--',
      '',
    ].join('\r\n');
    expect(told(message)).toBe('1 header line folded, 1 encoded line broken anew, 3 lines cut, having no white space');
  });

  it('takes the parts of a digest for messages', () => {
    const digest = 'Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n';
    expect(told(`${digest}X-Long: ${x(600)} ${x(600)}\r\n\r\n--b--\r\n`)).toBe('1 header line folded');
    expect(told(`${digest.replace('digest', 'mixed')}X-Long: ${x(600)} ${x(600)}\r\n\r\n--b--\r\n`)).toBe(
      '1 line broken at white space',
    );
  });
});

describe('any bytes', () => {
  const run = fc.oneof(
    fc.constantFrom(
      '\0',
      '\r',
      '\n',
      '\r\n',
      '\r\r\n',
      '\r\n\r\n',
      ' ',
      '\t',
      '=',
      ':',
      'ä',
      '--b',
      '--b--',
      'x',
      'word ',
    ),
    fc.constantFrom(
      'Subject: ',
      'Content-Type: multipart/mixed; boundary=b\r\n',
      'Content-Type: message/rfc822\r\n',
      'Content-Transfer-Encoding: base64\r\n',
      'Content-Transfer-Encoding: quoted-printable\r\n',
    ),
    fc
      .tuple(fc.constantFrom('x', '=', ' ', 'ab ', '\xc3\xa4', '\xbf'), fc.integer({ min: 300, max: 1100 }))
      .map(([text, times]) => text.repeat(times)),
  );
  const message = fc
    .tuple(fc.array(run, { maxLength: 25 }), fc.integer({ min: 1, max: 2000 }))
    .map(([runs, bytes]) => ({
      text: runs.join(''),
      bytes,
    }));

  it('come out without NUL, bare CR, bare LF and long lines, and are not changed a second time', () => {
    fc.assert(
      fc.property(message, ({ text, bytes }) => {
        const { body } = repair(literal(text, bytes));
        const result = textOf(body);
        expect(result).toHaveLength(body.length);
        const lines = result.split('\r\n');
        expect(lines.pop()).toBe('');
        for (const line of lines) expect(line.length <= 998 && !/[\0\r\n]/.test(line), line).toBe(true);
        const again = repair(body);
        expect(again.changes).toEqual([]);
        expect(again.body).toBe(body);
        expect(mended(text)).toBe(result);
      }),
      { numRuns: 2000 },
    );
  });

  it('keep their text', () => {
    const without = (text: string) => text.replace(/[\0\r\n =]/g, '');
    fc.assert(
      fc.property(message, ({ text, bytes }) => {
        expect(without(mended(text, bytes))).toBe(without(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('keep all but NUL and line ends in a body that is as it is', () => {
    const without = (text: string) => text.replace(/[\0\r\n]/g, '');
    fc.assert(
      fc.property(message, ({ text, bytes }) => {
        const whole = `A: b\r\n\r\n${text}`;
        expect(without(mended(whole, bytes))).toBe(without(whole));
      }),
      { numRuns: 2000 },
    );
  });
});
