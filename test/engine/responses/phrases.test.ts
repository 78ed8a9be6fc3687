import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhraseIndex } from '../../../src/engine/responses/phrases.js';
import { WORDINGS, wordingsIn } from '../../../src/engine/responses/wordings/index.js';
import { wordsOf } from '../../../src/engine/responses/words.js';

const index = new PhraseIndex({
  full: ['quota exceed*|full', 'over_quota'],
  gone: ['^mailbox gone', 'no_such_message'],
  both: ['too_many|many open connection*|session* user'],
  voll: ['容量'],
});
const scan = (text: string) => Object.fromEntries(index.scan(wordsOf(text)));

describe('wordings', () => {
  it.each([
    ['Quota was exceeded.', { full: 'quota was exceeded' }],
    ['The quota of this user: full', { full: 'quota of this user full' }],
    ['The quota of this poor user: full', {}],
    ['exceeds quota', {}],
    ['You are over quota', { full: 'over quota' }],
    ['over the quota', {}],
    ['Mailbox gone', { gone: 'mailbox gone' }],
    ['The mailbox is gone', {}],
    ['There is no such message here', { gone: 'no such message' }],
    ['no such', {}],
    ['too many open connections for user ann', { both: 'many open connections for user' }],
    ['too few, so many open sessions by one user', { both: 'many open sessions by one user' }],
    ['quota one two three four quota full', { full: 'quota full' }],
    ['邮箱容量不足', { voll: '容量' }],
  ])('%s', (text, found) => {
    expect(scan(text)).toEqual(found);
  });

  it('finds the same in a text whatever was read before', () => {
    const word = fc.constantFrom('quota', 'full', 'exceeded', 'over', 'too', 'many', 'open', 'sessions', 'user', 'x');
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (before, now) => {
        const alone = Object.fromEntries(
          new PhraseIndex({ full: ['quota exceed*|full', 'over_quota'], both: ['too_many open user'] }).scan(
            wordsOf(now),
          ),
        );
        const shared = new PhraseIndex({ full: ['quota exceed*|full', 'over_quota'], both: ['too_many open user'] });
        shared.scan(wordsOf(before));
        expect(Object.fromEntries(shared.scan(wordsOf(now)))).toEqual(alone);
      }),
    );
  });

  it('says what is wrong with a table', () => {
    expect(() => new PhraseIndex({ odd: ['ab* c'] })).toThrow('the stem ab* in "ab* c" needs 4 letters');
  });
});

describe('the table', () => {
  it('has no number that texts are read without', () => {
    for (const phrase of Object.values(WORDINGS).flat()) expect(phrase).not.toMatch(/\b\d{3,}\b/);
  });

  it('reads a text with other sizes and UIDs as the same', () => {
    const one = wordingsIn('Message 4711 of size (41943040) exceeds the limit (20971520)');
    const other = wordingsIn('Message 815 of size (999) exceeds the limit (111)');
    expect([...one]).toEqual([...other]);
    expect([...one.keys()]).toContain('message too big');
  });

  it('reads a text the same when it comes again', () => {
    for (const text of ['Over quota', 'Nachricht ist zu groß', '邮箱容量已满', 'x'.repeat(5000)])
      expect([...wordingsIn(text)]).toEqual([...wordingsIn(text)]);
  });
});
