import { CREDENTIAL_MISSING, isWithoutToken, type PassFailure } from '../responses/pass-failure.js';
import { sanitise } from '../responses/sanitise.js';
import { type Finding, type FindingKind, finding } from './finding.js';

/** How many mailboxes a login serves; a shared one is `proven` once it let somebody in. */
export type LoginServes = 'one mailbox' | 'many mailboxes' | 'many mailboxes, proven';

/** A mailbox that could not be looked at. */
export function judgeFailure(mailbox: string, failure: PassFailure, serves: LoginServes): Finding {
  const advice = failure.verdict.advice.key;
  return finding(kindOf(failure, serves), failure.side, { mailbox, told: sanitise(failure.response), advice });
}

function kindOf({ verdict, command, goes }: PassFailure, serves: LoginServes): FindingKind {
  if (verdict.rule === CREDENTIAL_MISSING || isWithoutToken(verdict)) return 'credential-missing';
  if (verdict.code === 'NONEXISTENT' || verdict.kind === 'missing') return 'mailbox-missing';
  if (verdict.kind === 'auth') {
    // The login was let in: it lacks the right to this one mailbox.
    if (verdict.advice.key === 'mailbox permission') return 'mailbox-missing';
    // An admin who is let in elsewhere and not here asks for a mailbox that is not there, or may not act for it.
    if (serves === 'many mailboxes, proven') return 'mailbox-missing';
    return serves === 'many mailboxes' ? 'shared-login-refused' : 'login-refused';
  }
  // A run would hold the mailbox until somebody acts.
  if (goes === 'hold') return 'mailbox-refused';
  return verdict.kind === 'folder' && command === 'LIST' ? 'folder-unreadable' : 'not-looked-at';
}
