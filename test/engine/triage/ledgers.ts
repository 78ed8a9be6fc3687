import type { MailboxErrors } from '../../../src/engine/decisions/selection.js';
import type { MailboxStanding } from '../../../src/engine/triage/mailbox-standing.js';
import { ErrorLedger } from '../../../src/store/errors/error-ledger.js';
import type { Kind, Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

export const NOW = 1_800_000_000_000;

export const verdict = (kind: Kind, code: string | null, next: Verdict['next'] = 'skip-message'): Verdict => ({
  kind,
  code,
  scope: 'message',
  next,
  waitSeconds: 0,
  advice: { key: 'as-written', text: 'Do something.' },
  rule: 'test',
  grounds: OF_A_RESPONSE,
});

/** Not given up, and nothing is left but what failed. */
export const OPEN = { isGivenUp: false, leftIn: () => 0 } as const;

/** Two mailboxes: one full, one with refused attachments, a note and a refused login. */
export function twoMailboxes(): MailboxErrors[] {
  const ann = new ErrorLedger();
  const bob = new ErrorLedger();
  const base = { side: 'destination', command: 'APPEND', at: NOW - 3_600_000 } as const;
  const quota = { response: 'NO [OVERQUOTA] full', verdict: verdict('quota', 'OVERQUOTA') };
  ann.record({ ...base, folder: 'INBOX', uids: [1, 2, 3, 4, 5, 6, 7, 8], ...quota });
  ann.record({ ...base, folder: 'Sent', uids: [10, 11], ...quota });
  bob.record({
    ...base,
    folder: 'INBOX',
    uids: [5, 6],
    response: 'NO attachment refused',
    verdict: verdict('message-policy', null),
  });
  bob.record({
    ...base,
    folder: 'INBOX',
    uids: [9],
    response: 'altered',
    verdict: verdict('message-policy', null, 'note'),
  });
  bob.record({
    ...base,
    side: 'source',
    command: 'LOGIN',
    folder: null,
    uids: [],
    response: 'NO [AUTHENTICATIONFAILED] no',
    verdict: verdict('auth', 'AUTHENTICATIONFAILED', 'hold'),
  });
  return [
    { id: 'ann', email: 'ann@x', errors: ann, ...OPEN },
    { id: 'bob', email: 'bob@x', errors: bob, ...OPEN },
  ];
}

export const standings: readonly MailboxStanding[] = [
  { id: 'ann', email: 'ann@x', held: null, leftIn: () => 0, left: () => 0, uidValidity: () => '7' },
  { id: 'bob', email: 'bob@x', held: 'source: NO', leftIn: () => 0, left: () => 0, uidValidity: () => null },
  { id: 'eve', email: 'eve@x', held: 'a broken file', leftIn: () => 0, left: () => null, uidValidity: () => null },
];
