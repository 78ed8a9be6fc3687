import type { Failure } from '../errors/failure.js';

/**
 * The open failure of a mailbox whose document cannot be read. It counts for the destination, because nothing arrives
 * there meanwhile.
 *
 * @param why  which file, and what is wrong with it
 * @param at   milliseconds since the epoch
 */
export function unreadMailbox(why: string, at: number): Failure {
  return {
    side: 'destination',
    command: 'state',
    folder: null,
    uids: [],
    response: why,
    verdict: {
      kind: 'mailbox-state',
      code: null,
      scope: 'mailbox',
      next: 'hold',
      waitSeconds: 0,
      advice: { key: 'mailbox document' },
      rule: 'store:unread-mailbox',
      grounds: { key: 'unread document' },
    },
    at,
  };
}
