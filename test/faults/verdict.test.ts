import { describe, expect, it } from 'vitest';
import type { StoredFolder, StoredMessage } from '../../bench/lab/account.js';
import { complaints, type End, judge } from './verdict.js';

const letter = (name: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  uid: 1,
  hash: name,
  likeness: name,
  size: 10,
  flags: ['\\seen'],
  instant: 1,
  ...more,
});

const inbox = (...messages: StoredMessage[]): StoredFolder[] => [
  { wire: 'INBOX', name: 'INBOX', delimiter: '/', attributes: [], subscribed: true, messages },
];

const SOURCE = inbox(letter('a'), letter('b'));

function wrong(end: Partial<End>, family: 'dovecot' | 'courier' = 'dovecot'): string[] {
  const whole: End = { source: SOURCE, destination: SOURCE, foreign: [], exit: 0, openFailures: 0 };
  return complaints(judge(family, { ...whole, ...end }));
}

describe('the verdict of a round', () => {
  it.each<[string, Partial<End>, string[]]>([
    ['is nothing where all is there', {}, []],
    [
      'names what is missing without an entry',
      { destination: inbox(letter('a')) },
      ['1 missing', '1 without an entry'],
    ],
    [
      'calls a double twice, also where an open failure names it',
      { destination: inbox(letter('a'), letter('b'), letter('b')), exit: 3, openFailures: 1 },
      ['1 twice'],
    ],
    [
      'calls other bytes, flags and dates altered',
      { destination: inbox(letter('a', { flags: [] }), letter('other')), openFailures: 1, exit: 0 },
      ['1 missing', '2 altered'],
    ],
    [
      'leaves the mail of others alone',
      { destination: inbox(letter('a'), letter('b'), letter('x')), foreign: ['x'] },
      [],
    ],
    ['misses the mail of others', { foreign: ['x'] }, ['1 foreign gone', '1 without an entry']],
    ['is not settled with failures that nothing explains', { exit: 3, openFailures: 1 }, ['not settled']],
    ['is not settled where the program was killed', { exit: null }, ['not settled']],
  ])('%s', (_, end, expected) => {
    expect(wrong(end)).toEqual(expected);
  });

  it('knows what Courier rewrites, and takes nothing of the kind from Dovecot', () => {
    const destination = inbox(letter('a'), letter('b', { hash: 'b with a line end' }));
    expect(wrong({ destination }, 'courier')).toEqual([]);
    expect(wrong({ destination })).toEqual(['1 altered', '1 without an entry']);
  });
});
