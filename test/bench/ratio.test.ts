import { describe, expect, it } from 'vitest';
import { ratioTable } from '../../bench/ratio.js';
import type { Result } from '../../bench/result.js';

const result = (tool: string, seconds: number, more: Partial<Result> = {}): Result => ({
  tool,
  messages: 100,
  bytes: 1000,
  usage: { seconds, cpuSeconds: null, peakBytes: null, failure: null },
  differs: null,
  ...more,
});

const cells = (table: string) =>
  table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

describe('the table of ratios', () => {
  it('has the ratio of the medians, and how far the runs lie apart', () => {
    const before = [result('abc', 4), result('abc', 2), result('abc', 3)];
    const now = [result('now', 1.5), result('now', 1), result('now', 9)];
    expect(cells(ratioTable([{ name: 'small', before, now }]))).toEqual([
      ['small', '100', '3.00 (2.00-4.00)', '1.50 (1.00-9.00)', '0.500', 'identical'],
    ]);
  });

  it('names the build that did not copy all as it was', () => {
    const [row] = cells(
      ratioTable([{ name: 'small', before: [result('abc', 1)], now: [result('now', 1, { differs: '3 missing' })] }]),
    );
    expect(row?.at(-1)).toBe('now: 3 missing');
  });
});
