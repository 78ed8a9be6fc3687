import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadCommand } from '../../../demo/server/grammar/bad-command.js';
import { formatDateTime, parseDateTime } from '../../../demo/server/grammar/dates.js';
import { segmentOf } from '../../../demo/server/grammar/literal.js';
import { decodeName, encodeName } from '../../../demo/server/grammar/mutf7.js';
import { formatNumbers, parseNumberSet, resolved } from '../../../demo/server/grammar/number-set.js';
import { matcher } from '../../../demo/server/grammar/pattern.js';
import { tokenize } from '../../../demo/server/grammar/tokens.js';

describe('folder names in modified UTF-7', () => {
  it('are written as RFC 3501 shows them', () => {
    expect(encodeName('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-');
    expect(encodeName('Entwürfe & mehr')).toBe('Entw&APw-rfe &- mehr');
  });

  it('come back as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => decodeName(encodeName(name)) === name),
    );
  });

  it.each(['&bad', '&AGE-', 'ä', '&-&', '&A-'])('refuse %s, which is not the one right way to write a name', (text) => {
    expect(decodeName(text)).toBeNull();
  });
});

describe('sequence sets', () => {
  it('take * for the last message, also where the other end lies above it', () => {
    expect(resolved(parseNumberSet('3,559:*,5:4'), 10)).toEqual([
      [3, 5],
      [10, 559],
    ]);
  });

  it.each(['', '0', '1:', ':', '1:2:3', 'a', '1,,2', '-1'])('refuse %s', (text) => {
    expect(() => parseNumberSet(text)).toThrow(BadCommand);
  });

  it('are written in the order of the numbers, runs as ranges', () => {
    expect(formatNumbers([7, 8, 9, 3, 5, 6])).toBe('7:9,3,5:6');
    expect(formatNumbers([])).toBe('');
  });
});

describe('dates', () => {
  it('are read in their zone and written in UTC', () => {
    const parsed = parseDateTime(' 1-Jan-2024 10:00:00 +0130');
    expect(parsed).toEqual({ kind: 'date', at: Date.UTC(2024, 0, 1, 8, 30) });
    expect(formatDateTime(Date.UTC(2024, 0, 1, 8, 30))).toBe('01-Jan-2024 08:30:00 +0000');
  });

  it('tell a day that no calendar holds from what is no date at all', () => {
    expect(parseDateTime('31-Feb-2024 10:00:00 +0000')).toEqual({
      kind: 'impossible',
      rolled: Date.UTC(2024, 2, 2, 10),
    });
    expect(parseDateTime('01-Foo-2024 10:00:00 +0000')).toEqual({ kind: 'malformed' });
    expect(parseDateTime('yesterday')).toEqual({ kind: 'malformed' });
  });
});

describe('arguments', () => {
  const text = (line: string) => tokenize([{ text: line, literal: null }]);

  it('are atoms, quoted strings and nested lists', () => {
    expect(text('Box "a \\"b\\" c" (x (y))')).toEqual([
      { kind: 'atom', text: 'Box' },
      { kind: 'string', text: 'a "b" c' },
      {
        kind: 'list',
        items: [
          { kind: 'atom', text: 'x' },
          { kind: 'list', items: [{ kind: 'atom', text: 'y' }] },
        ],
      },
    ]);
  });

  it('keep what stands in brackets together where sections are asked for', () => {
    const args = tokenize([{ text: '(UID BODY.PEEK[HEADER.FIELDS (A B)]<0.5>)', literal: null }], 'sections');
    expect(args).toEqual([
      {
        kind: 'list',
        items: [
          { kind: 'atom', text: 'UID' },
          { kind: 'atom', text: 'BODY.PEEK[HEADER.FIELDS (A B)]<0.5>' },
        ],
      },
    ]);
  });

  it.each(['(a', 'a)', '"open'])('refuse %s', (line) => {
    expect(() => text(line)).toThrow(BadCommand);
  });
});

describe('literals', () => {
  it('are announced at the end of a line only', () => {
    expect(segmentOf('APPEND Box ~{12+}')).toEqual({
      text: 'APPEND Box ',
      literal: { size: 12, waits: false, binary: true },
    });
    expect(segmentOf('a {3} b').literal).toBeNull();
    expect(segmentOf('a {3').literal).toBeNull();
  });
});

describe('patterns', () => {
  it('stop at the delimiter with %, and do not with *', () => {
    const paths = ['A', 'A/B', 'A/B/C', 'a.b'];
    expect(paths.filter(matcher('A/%', '/'))).toEqual(['A/B']);
    expect(paths.filter(matcher('A*', '/'))).toEqual(['A', 'A/B', 'A/B/C']);
    expect(paths.filter(matcher('a.b', '/'))).toEqual(['a.b']);
    expect(['INBOX', 'inbox2'].filter(matcher('InBox', '/'))).toEqual(['INBOX']);
  });
});
