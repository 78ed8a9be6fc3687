import { describe, expect, it } from 'vitest';
import { isConvicted, type Strike } from '../../../../src/engine/imap/apart/strikes.js';

const strike = (more: Partial<Strike> = {}): Strike => ({
  side: 'source',
  command: 'UID FETCH',
  how: 'dropped',
  words: 'the connection was closed',
  waited: 100,
  silence: 0,
  age: 900,
  volume: 4_000,
  line: 'steady',
  others: 'answered',
  ...more,
});
const times = (n: number, more: Partial<Strike> = {}) => Array.from({ length: n }, () => strike(more));

describe('who is struck while alone', () => {
  it('is convicted at the third time', () => {
    expect(isConvicted(times(2), [])).toBe(false);
    expect(isConvicted(times(3), [])).toBe(true);
    expect(isConvicted(times(3, { how: 'silent', waited: 12_000 }), [])).toBe(true);
    expect(isConvicted(times(3, { how: 'refused' }), [])).toBe(true);
  });

  it('is hardly suspected by what took long: a line may drop by itself meanwhile', () => {
    expect(isConvicted(times(5, { waited: 20_000 }), [])).toBe(false);
    expect(isConvicted(times(12, { waited: 20_000 }), [])).toBe(true);
  });

  it('is hardly suspected on a server that comes and goes', () => {
    expect(isConvicted(times(6, { line: 'shaky' }), [])).toBe(false);
    expect(isConvicted([...times(2), ...times(3, { line: 'shaky' })], [])).toBe(false);
    expect(isConvicted(times(12, { line: 'shaky' }), [])).toBe(true);
    expect(isConvicted(times(3, { line: 'shaky', how: 'refused' }), [])).toBe(true);
  });

  it('is not convicted by what fits how the connection drops anyhow', () => {
    const byVolume = { volume: 3_000_000 };
    expect(isConvicted(times(3, byVolume), times(2, byVolume))).toBe(false);
    expect(isConvicted(times(3, byVolume), times(1, byVolume))).toBe(true);
    const byTime = { age: 60_000 };
    expect(isConvicted(times(3, byTime), times(2, { age: 61_000 }))).toBe(false);
  });
});

describe('a message that is stored alone and never answered', () => {
  const silent = (more: Partial<Strike> = {}) =>
    strike({ side: 'destination', command: 'APPEND', how: 'silent', silence: 240_000, waited: 240_000, ...more });

  it('is convicted at once where others were stored since', () => {
    expect(isConvicted([silent()], [])).toBe(true);
    expect(isConvicted([silent({ line: 'shaky' })], [])).toBe(false);
  });

  it('is hardly suspected where the destination stores nothing', () => {
    expect(isConvicted(Array(11).fill(silent({ others: 'silent' })), [])).toBe(false);
    expect(isConvicted([...Array(3).fill(silent({ others: 'silent' })), silent()], [])).toBe(true);
  });
});
