import type { Failure } from '../../../src/store/errors/failure.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

const TOO_BIG: Verdict = {
  kind: 'message-policy',
  code: 'TOOBIG',
  scope: 'message',
  next: 'skip-message',
  waitSeconds: 0,
  advice: { key: 'as-written', text: 'Raise the limit, or skip it.' },
  rule: 'toobig',
  grounds: OF_A_RESPONSE,
};

export const NOTED: Verdict = { ...TOO_BIG, next: 'note' };

export const FLAKY: Verdict = { ...TOO_BIG, kind: 'transient', code: null, next: 'retry', rule: 'flaky' };

export function failure(more: Partial<Failure>): Failure {
  return {
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: [1],
    response: 'A1 NO [TOOBIG] Message 1 is too big',
    verdict: TOO_BIG,
    at: 1_000,
    ...more,
  };
}
