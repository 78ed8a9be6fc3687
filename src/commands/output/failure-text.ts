import type { FailureLine } from '../../protocol/events.js';
import { causeOf } from '../../store/errors/response-cause.js';
import { plural } from '../../words/units.js';
import { harmless } from '../process/harmless.js';

/** The word for a failure: somebody has to look, it is tried again by itself, or it is settled and good to know. */
export function failureWord({ verdict }: FailureLine): 'FAILED' | 'RETRIED' | 'NOTED' {
  switch (verdict.next) {
    case 'note':
    case 'ignore':
      return 'NOTED';
    case 'retry':
    case 'wait':
    case 'renew-token':
    case 'create-folder':
      return 'RETRIED';
    case 'hold':
    case 'skip-message':
    case 'skip-folder':
      return 'FAILED';
  }
}

/** A failure in one line: whose, where, what the server said. */
export function failureText(failure: FailureLine): string {
  const { mailbox, side, command, folder, uids, count, response } = failure;
  const place = folder === null ? '' : ` in ${folder}`;
  const which = uids === '' ? '' : ` (${plural(count, 'message')}, UID ${uids})`;
  return harmless(`${mailbox} ${side} ${command}${place}${which}: ${response}`);
}

/** The identity of a failure: side, place and cause, as the error ledger tells causes apart. */
export function failureKey(failure: FailureLine): string {
  const { mailbox, side, command, folder, response, verdict } = failure;
  return JSON.stringify([mailbox, side, command, folder, verdict.code, verdict.rule, causeOf(response)]);
}
