import { describe, expect, it } from 'vitest';
import type { Strike } from '../../../src/engine/imap/apart/strikes.js';
import { FolderDoubts } from '../../../src/engine/isolate/folder-doubts.js';

const strike: Strike = {
  side: 'destination',
  command: 'APPEND',
  how: 'dropped',
  words: '* BYE',
  waited: 5,
  silence: 0,
  age: 100,
  volume: 1_000,
  line: 'steady',
  others: 'answered',
};
const alone = (...uids: number[]) => ({ uids, isOfSuspects: false });

function doubted(): FolderDoubts {
  const doubts = new FolderDoubts();
  doubts.takes('INBOX');
  doubts.lost('Bad');
  doubts.lost('Bad');
  return doubts;
}
const strikesWith = (doubts: FolderDoubts, ...tries: readonly { uids: number[]; isOfSuspects: boolean }[]) =>
  tries.map((one) => doubts.struck('Bad', one, strike, []));

describe('a folder into which no message gets', () => {
  it('is doubted after two lines in a row, and where another folder takes messages', () => {
    const doubts = new FolderDoubts();
    doubts.lost('Bad');
    doubts.lost('Bad');
    expect(doubts.isDoubted('Bad')).toBe(false);
    doubts.takes('INBOX');
    expect(doubts.isDoubted('Bad')).toBe(true);
    expect(doubts.isDoubted('INBOX')).toBe(false);
  });

  it('is not doubted where a message of it was taken between', () => {
    const doubts = doubted();
    doubts.takes('Bad');
    doubts.lost('Bad');
    expect(doubts.isDoubted('Bad')).toBe(false);
  });

  it('is to blame after three different messages, each alone', () => {
    expect(strikesWith(doubted(), alone(20), alone(10), alone(1))).toEqual([false, false, true]);
    expect(strikesWith(doubted(), alone(20), alone(20), alone(20))).toEqual([false, false, false]);
  });

  it('is to blame after four groups, which are all that was under way', () => {
    const groups = [alone(1, 2), alone(3, 4), alone(5, 6), alone(7, 8)];
    expect(strikesWith(doubted(), ...groups)).toEqual([false, false, false, true]);
  });

  it('is not to blame for suspects where it takes others', () => {
    const doubts = doubted();
    doubts.takes('Bad');
    doubts.lost('Bad');
    doubts.lost('Bad');
    const suspects = [1, 2, 3, 4].map((uid) => ({ uids: [uid], isOfSuspects: true }));
    expect(strikesWith(doubts, ...suspects)).toEqual([false, false, false, false]);
  });
});
