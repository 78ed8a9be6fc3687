import { describe, expect, it } from 'vitest';
import { readConcurrency, readStagger } from '../../../../src/ui/screens/schedule/paces.js';
import { readWait } from '../../../../src/ui/screens/shared/read-wait.js';

describe('what is typed for the pace', () => {
  it.each([
    ['60-90', { command: { do: 'stagger', min: 60, max: 90 } }],
    [' 30 to 45 s', { command: { do: 'stagger', min: 30, max: 45 } }],
    ['0', { command: { do: 'stagger', min: 0, max: 0 } }],
    ['90-60', { wrong: 'the first number is the least' }],
    ['soon', { wrong: 'seconds are expected: 60-90, or 0 for none' }],
    ['-5', { wrong: 'seconds are expected: 60-90, or 0 for none' }],
  ])('stagger %j', (text, read) => expect(readStagger(text)).toEqual(read));

  it.each([
    ['20', { command: { do: 'concurrency', most: 20 } }],
    [' 100 ', { command: { do: 'concurrency', most: 100 } }],
    ['0', { wrong: 'a number from 1 to 100 is expected' }],
    ['101', { wrong: 'a number from 1 to 100 is expected' }],
    ['', { wrong: 'a number from 1 to 100 is expected' }],
    ['1.5', { wrong: 'a number from 1 to 100 is expected' }],
  ])('at once %j', (text, read) => expect(readConcurrency(text)).toEqual(read));

  it.each([
    ['90 s', { seconds: 90 }],
    ['5', { seconds: 300 }],
    ['5 min', { seconds: 300 }],
    ['2h', { seconds: 7_200 }],
    ['200 h', { wrong: 'no longer than a week' }],
    ['later', { wrong: 'a time is expected: 90 s, 5 min, 2 h' }],
  ])('postpone %j', (text, read) => expect(readWait(text)).toEqual(read));
});
