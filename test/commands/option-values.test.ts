import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatchOptions } from '../../src/commands/input/batch-options.js';
import { splitWords } from '../../src/commands/input/credentials/shell-words.js';
import { parseFingerprint } from '../../src/commands/input/endpoint/trust.js';
import { parseMappings } from '../../src/commands/input/folder-mapping.js';
import { checkLoginTemplate } from '../../src/commands/input/login-template.js';
import { parseSize } from '../../src/commands/input/sizes.js';
import { parseStagger } from '../../src/commands/input/stagger.js';
import { BadInput } from '../../src/words/bad-input.js';
import { showBytes } from '../../src/words/units.js';

describe('sizes', () => {
  it.each([
    ['35651584', 35651584],
    ['500k', 512000],
    ['35M', 36700160],
    ['1.5G', 1610612736],
    ['35 MB', 36700160],
    ['2MiB', 2097152],
  ])('reads %s', (text, bytes) => expect(parseSize(text, '--max-size')).toBe(bytes));

  it.each(['', '0', '-1', '35X', '1e9', 'M', '99999999999999999G', '0.0000001k'])(
    'refuses %j naming the option',
    (text) => {
      expect(() => parseSize(text, '--max-size')).toThrow(/^--max-size: a number of bytes/);
    },
  );

  it('shows them in the same units', () =>
    expect([12, 2048, 36700160].map(showBytes)).toEqual(['12 B', '2.0 kB', '35.0 MB']));
});

describe('--stagger', () => {
  it.each([
    ['60-90', 60, 90],
    ['75', 75, 75],
    ['0', 0, 0],
    ['1.5 - 2s', 1.5, 2],
  ])('reads %s', (text, min, max) => expect(parseStagger(text)).toEqual({ min, max }));

  it.each(['', '-5', 'x', '60-', '1-2-3', '90-60', '100000'])('refuses %j', (text) => {
    expect(() => parseStagger(text)).toThrow(/^--stagger: /);
  });
});

describe('--map', () => {
  it('reads OLD=NEW, with escaped equals signs and backslashes', () => {
    expect(parseMappings(['Sent=Gesendet', 'a\\=b=c\\\\d', 'x\\y=z'])).toEqual([
      { from: 'Sent', to: 'Gesendet' },
      { from: 'a=b', to: 'c\\d' },
      { from: 'x\\y', to: 'z' },
    ]);
  });

  it.each(['Sent', '=x', 'x=', 'a=b=c', 'a\\=b'])('refuses %j', (text) => {
    expect(() => parseMappings([text])).toThrow(/^--map: OLD=NEW is expected/);
  });

  it('refuses one folder mapped twice', () => {
    expect(() => parseMappings(['a=b', 'a=c'])).toThrow(/"a" is mapped twice/);
  });

  it('gives back any two names that were escaped', () => {
    const escaped = (name: string) => name.replace(/[\\=]/g, '\\$&');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (from, to) => {
        expect(parseMappings([`${escaped(from)}=${escaped(to)}`])).toEqual([{ from, to }]);
      }),
    );
  });
});

describe('the words of a password command', () => {
  it.each([
    ['pass show mail/{email}', ['pass', 'show', 'mail/{email}']],
    [`get 'a b' "c d"e \\'f "" x`, ['get', 'a b', 'c de', "'f", '', 'x']],
    ['get "a\\"b\\n" \'$HOME\'', ['get', 'a"b\\n', '$HOME']],
  ])('splits %s as a shell would', (text, words) => expect(splitWords(text, '--x')).toEqual(words));

  it.each(['pass | head', 'echo $X', 'a; b', 'a "`b`"', 'a > b', 'a & b', "a 'b", 'a "b', 'a\\', '', '  '])(
    'refuses %j, which only a shell could run, without repeating it',
    (text) => {
      expect(() => splitWords(text, '--source-password-command')).toThrow(BadInput);
      expect(() => splitWords(text, '--source-password-command')).toThrow(/^--source-password-command: /);
    },
  );

  it('gives back any words that were quoted', () => {
    const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
    const word = fc.string().filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((one) => !one.includes('\0')),
        fc.array(word),
        (first, rest) => {
          expect(splitWords([first, ...rest].map(quote).join(' '), '--x')).toEqual([first, ...rest]);
        },
      ),
    );
  });
});

describe('a login template', () => {
  it('is taken with known placeholders', () =>
    expect(checkLoginTemplate('{user}*admin', '--source-login')).toBe('{user}*admin'));
  it.each([
    ['admin', /would log in as the same user/],
    ['{domain}/admin', /same user/],
    ['{name}*admin', /"\{name\}" is unknown/],
  ])('%s is refused', (text, why) => expect(() => checkLoginTemplate(text, '--source-login')).toThrow(why));
});

describe('a fingerprint', () => {
  const hex = 'AB'.repeat(32);
  it.each([hex, hex.toLowerCase(), hex.match(/../g)?.join(':') ?? '', `sha256:${hex}`])('is read from %s', (text) => {
    expect(parseFingerprint(text, '--source-fingerprint')).toBe(hex);
  });
  it('is refused when it is SHA-1 or anything else', () => {
    expect(() => parseFingerprint('AB'.repeat(20), '--destination-fingerprint')).toThrow(
      '--destination-fingerprint: this is SHA-1',
    );
    expect(() => parseFingerprint('xyz', '--source-fingerprint')).toThrow('64 hex digits');
  });
});

describe("a batch's options", () => {
  it('have the documented defaults', () => {
    expect(readBatchOptions({}, 'UTC')).toEqual({
      include: [],
      exclude: [],
      map: [],
      folderPrefix: null,
      includeShared: false,
      deleted: 'carry',
      dates: 'internal',
      since: null,
      until: null,
      order: 'plan',
      wave: null,
      labels: null,
      maxSize: null,
      memory: 128 * 1024 ** 2,
      stagger: { min: 60, max: 90 },
      concurrency: 20,
      look: 'ahead',
      window: null,
    });
    expect(readBatchOptions({ look: false }, 'UTC').look).toBe('none');
  });
  it.each([
    [{ concurrency: '0' }, /--concurrency/],
    [{ concurrency: '101' }, /--concurrency/],
    [{ concurrency: '2.5' }, /--concurrency/],
    [{ memory: '4k' }, /--memory: at least 1M/],
    [{ include: [''] }, /--include/],
    [{ exclude: ['a\u001b'] }, /--exclude.*control/],
    [{ folderPrefix: '' }, /--folder-prefix/],
  ])('%j is refused', (flags, why) => expect(() => readBatchOptions(flags, 'UTC')).toThrow(why));
});
