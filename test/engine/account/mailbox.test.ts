import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../src/engine/account/mailbox.js';
import type { Shortfall } from '../../../src/words/reason.js';

describe('the end of a mailbox', () => {
  it('is synced where nothing fell short', () => {
    expect(endingOf([])).toEqual({ kind: 'synced' });
    expect(endingOf([{ kind: 'left', messages: 0, folders: 0 }])).toEqual({ kind: 'synced' });
  });

  it('is incomplete with the number of messages that are missing, and why', () => {
    const short: readonly Shortfall[] = [
      { kind: 'left', messages: 36, folders: 2 },
      { kind: 'not stored', messages: 1, folders: 1 },
    ];
    const ending = endingOf([...short, { kind: 'cut short', messages: 0, folders: 0 }]);
    expect(ending).toEqual({
      kind: 'incomplete',
      left: 37,
      because: { key: 'short', by: short },
    });
  });

  it('is incomplete where a name could not be read, although nobody can count its messages', () => {
    expect(endingOf([{ kind: 'unread', failures: 3 }])).toEqual({
      kind: 'incomplete',
      left: 0,
      because: { key: 'short', by: [{ kind: 'unread', failures: 3 }] },
    });
  });
});
