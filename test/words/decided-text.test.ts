import { afterEach, describe, expect, it } from 'vitest';
import type { DecidedAction, DecisionStanding } from '../../src/words/decided.js';
import { decidedText, standingText } from '../../src/words/decided-text.js';
import { showTimesIn } from '../../src/words/times.js';

afterEach(() => showTimesIn('UTC'));

const amount = { about: 'OVERQUOTA', uids: 131, failures: 0, mailboxes: 2 };
const stands = (change: Partial<DecisionStanding> = {}): DecisionStanding => ({
  ...{ places: 3, undone: 0, done: 0, failedAgain: 0, first: null },
  ...change,
});

it('says the end of a rest by the clock of who reads it, and not by that of the engine', () => {
  const rest = { ...amount, action: { do: 'backoff', factor: null, until: Date.UTC(2026, 0, 15, 22, 30) } } as const;
  expect(decidedText(rest)).toBe('let 131 messages of OVERQUOTA in 2 mailboxes rest until 2026-01-15T22:30:00Z');
  showTimesIn('Europe/Berlin');
  expect(decidedText(rest)).toBe('let 131 messages of OVERQUOTA in 2 mailboxes rest until 2026-01-15T23:30:00+01:00');
});

describe('what came of a decision', () => {
  const retry: DecidedAction = { do: 'retry', notBefore: 0, treatment: 'as-is' };
  const first: DecidedAction = { do: 'try-first', first: 5, treatment: 'as-is' };
  it.each<[DecidedAction, Partial<DecisionStanding>, string]>([
    [retry, { done: 3 }, 'tried'],
    [retry, { done: 2, failedAgain: 5 }, 'tried in 2 of 3 places, 5 failed again'],
    [retry, { done: 2, undone: 1 }, 'tried, undone in 1 of 3 folders'],
    [retry, { undone: 3 }, 'undone'],
    [first, { first: 'open' }, 'the first are being tried'],
    [first, { first: 'failed' }, 'the first were refused again: the rest stays'],
    [first, { first: 'passed', done: 3 }, 'the first were taken; tried'],
    [{ do: 'give-up', why: 'left' }, { undone: 1 }, 'given up, undone in 1 of 3 mailboxes'],
    [{ do: 'quarantine', to: 'Doubles', moved: 4 }, { done: 2 }, 'begun'],
    [{ do: 'undo', of: 3 }, { places: 0 }, 'done'],
  ])('%j, %j: %s', (action, change, text) => {
    expect(standingText({ action, standing: stands(change) })).toBe(text);
  });
});
