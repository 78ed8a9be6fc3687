import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../src/engine/account/mailbox.js';

describe('the end of a mailbox', () => {
  it('is synced where nothing fell short', () => {
    expect(endingOf([])).toEqual({ kind: 'synced' });
    expect(endingOf([{ kind: 'left', messages: 0, folders: 0 }])).toEqual({ kind: 'synced' });
  });

  it('is incomplete with the number of messages that are missing, and why', () => {
    const ending = endingOf([
      { kind: 'left', messages: 36, folders: 2 },
      { kind: 'not stored', messages: 1, folders: 1 },
    ]);
    expect(ending).toEqual({
      kind: 'incomplete',
      left: 37,
      because:
        '36 messages in 2 folders not copied; 1 message in 1 folder answered OK and not there when the folder was read back',
    });
  });

  it('is incomplete where a name could not be read, although nobody can count its messages', () => {
    expect(endingOf([{ kind: 'unread', failures: 3 }])).toEqual({
      kind: 'incomplete',
      left: 0,
      because: '3 failures of folders or names',
    });
  });
});
