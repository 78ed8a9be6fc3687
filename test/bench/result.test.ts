import { describe, expect, it } from 'vitest';
import { median, type Result, resultTable } from '../../bench/result.js';

const result = (tool: string, seconds: number, more: Partial<Result> = {}): Result => ({
  tool,
  messages: 100,
  bytes: 50e6,
  usage: { seconds, cpuSeconds: 0.5, peakBytes: 80e6, failure: null },
  differs: null,
  ...more,
});
const failed = result('ours', 1, { usage: { seconds: 1, cpuSeconds: null, peakBytes: null, failure: 'exit 1: no' } });

describe('the table', () => {
  it('compares rates, so that tools with fewer messages are not praised for it', () => {
    const [, , ours, naive] = resultTable([result('ours', 2), result('naive', 4, { messages: 10 })], 'naive').split(
      '\n',
    );
    expect(ours?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'ours',
      '100',
      '2.00',
      '50.0',
      '25.0',
      '0.50',
      '80',
      '20.0',
      'identical',
      '',
    ]);
    expect(naive).toContain(' 2.5 ');
  });

  it('gives no rate to a tool that failed, and says how an unfaithful one failed', () => {
    const [, , first, second] = resultTable([failed, result('fast', 1, { differs: '3 missing' })], 'naive').split('\n');
    expect(first).toContain('exit 1: no');
    expect(first?.split('|')[4]?.trim()).toBe('');
    expect(second).toContain('3 missing');
  });
});

describe('of several runs', () => {
  it('the one in the middle counts', () => {
    expect(median([result('a', 3), result('a', 1), result('a', 2)])?.usage.seconds).toBe(2);
  });

  it('a failed one is never hidden', () => {
    expect(median([result('a', 3), failed, result('a', 2)])).toBe(failed);
  });
});
