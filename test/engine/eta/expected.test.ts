import { describe, expect, it } from 'vitest';
import { expectedInAll, expectedOf, middlingOf } from '../../../src/engine/eta/expected.js';
import { NO_COUNTS } from '../../../src/protocol/entities.js';

const copying = { state: { kind: 'copying' }, counts: NO_COUNTS } as const;
const look = { messages: 100, bytes: 5_000 };

describe('what a mailbox is expected to hold', () => {
  it('is not known while nobody looked', () => {
    expect(expectedOf(copying, [], null)).toBeNull();
  });

  it('is what a look found, with or without sizes', () => {
    expect(expectedOf(copying, [], look)).toEqual({ messages: 100, bytes: 5_000, weighed: 100, by: 'look' });
    expect(expectedOf(copying, [], { messages: 100, bytes: null })).toMatchObject({ bytes: 0, weighed: 0 });
  });

  it('does not shrink while its folders are listed one after the other', () => {
    const folder = (total: number, bytes: number, told: number | null) => ({ total, bytes, told });
    const steps = [
      [folder(0, 0, 60), folder(0, 0, 40)],
      [folder(60, 3_000, null), folder(0, 0, 40)],
      [folder(60, 3_000, null), folder(40, 2_000, null)],
    ];
    for (const folders of steps)
      expect(expectedOf(copying, folders, look)).toMatchObject({ messages: 100, bytes: 5_000 });
    for (const folders of steps) expect(expectedOf(copying, folders, null)).toMatchObject({ messages: 100 });
  });

  it('is what was counted once it went through, whatever was told before', () => {
    const counts = { ...NO_COUNTS, total: 90, bytesTotal: 4_500 };
    expect(
      expectedOf({ state: { kind: 'synced', at: 0 }, counts }, [{ total: 90, bytes: 4_500, told: 200 }], look),
    ).toEqual({ messages: 90, bytes: 4_500, weighed: 90, by: 'pass' });
  });
});

describe('what a batch is expected to hold', () => {
  const known = { mailboxes: 2, messages: 300, bytes: 30_000, weighed: 300 };

  it('takes mailboxes that nobody looked into for ones like the others', () => {
    const middling = { messages: 150, bytesEach: 100 };
    expect(expectedInAll(4, known, middling)).toEqual({ messages: 600, bytes: 60_000, unseen: 2 });
    expect(expectedInAll(2, known, middling)).toEqual({ messages: 300, bytes: 30_000, unseen: 0 });
  });

  it('has no bytes while no size is known of any', () => {
    expect(expectedInAll(2, { ...known, bytes: 0, weighed: 0 }, { messages: 150, bytesEach: null }).bytes).toBeNull();
  });

  it('is not taken in by a mailbox with one very large message', () => {
    const one = (bytes: number) => ({ messages: 100, bytes, weighed: 100, by: 'pass' }) as const;
    const { bytesEach } = middlingOf([one(2_000_000), one(3_000_000), one(2_500_000), one(60_000_000), null]);
    expect(bytesEach).toBeGreaterThan(20_000);
    expect(bytesEach).toBeLessThan(40_000);
  });
});
