import { ALL_THERE, type Beat } from './beat.js';
import { SHOUT } from './odd-messages.js';

const CHECKED = 'NO [UNAVAILABLE] Mailbox is being checked and repaired';
const FROZEN = 'NO [READ-ONLY] Mailbox is read-only while it moves to new storage';
const THROTTLED = 'BAD Request is throttled. Suggested Backoff Time: 184000 milliseconds';

/** Twelve mailboxes in which something happens; in the other twelve nothing does. */
export const STORY: readonly Beat[] = [
  {
    who: 'carol',
    what: 'her source mailbox is in repair for 40 minutes',
    trouble: [{ is: 'answers', side: 'source', command: 'EXAMINE', line: CHECKED, after: 0, minutes: 40 }],
    sights: [
      { sees: 'failure', kind: 'mailbox-state', says: /UNAVAILABLE.*being checked/ },
      // It is tried after 5, 10 and 20 minutes, and is well at the fourth try at the latest.
      { sees: 'rest', says: /^source: .*being checked/, minutes: 35 },
    ],
    ends: ALL_THERE,
  },
  {
    who: 'tom',
    what: 'his password in the plan is wrong',
    trouble: [{ is: 'other password' }],
    sights: [{ sees: 'state', state: 'held', says: /^source: .*AUTHENTICATIONFAILED/ }],
    ends: { state: 'held', lacks: 'all', open: ['AUTHENTICATIONFAILED'] },
  },
  {
    who: 'maria',
    what: 'her new mailbox is full; the operator raises the quota',
    trouble: [{ is: 'quota', at: 0.6, raisedAfter: 30 }],
    sights: [
      { sees: 'failure', kind: 'quota', says: /OVERQUOTA/ },
      { sees: 'state', state: 'held', says: /^destination: .*OVERQUOTA/ },
    ],
    ends: ALL_THERE,
  },
  {
    who: 'dave',
    what: 'two messages are too big',
    trouble: [{ is: 'odd messages', uids: [12, 23], odd: 'more bytes than are taken' }],
    sights: [{ sees: 'failure', kind: 'message-policy', says: /TOOBIG/ }],
    ends: { state: 'synced', lacks: [12, 23], open: ['TOOBIG'] },
  },
  {
    who: 'henry',
    what: 'the destination is read-only for 8 minutes, a cutover',
    trouble: [{ is: 'answers', side: 'destination', command: 'APPEND', line: FROZEN, after: 0.4, minutes: 8 }],
    sights: [
      { sees: 'failure', kind: 'mailbox-state', says: /READ-ONLY/ },
      { sees: 'rest', says: /^destination: .*READ-ONLY/, minutes: 5 },
    ],
    ends: ALL_THERE,
  },
  {
    who: 'eve',
    what: 'both servers say hostile things to the terminal',
    trouble: [
      { is: 'says', side: 'source', line: `* NO ${SHOUT}` },
      { is: 'odd messages', uids: [17], odd: 'a text that makes the filter shout' },
    ],
    sights: [
      { sees: 'failure', kind: 'message-policy', says: /Message rejected .*by the filter/ },
      { sees: 'log', says: /Message rejected .*by the filter/ },
    ],
    ends: { state: 'synced', lacks: [17], open: ['message-policy'] },
  },
  {
    who: 'peter',
    what: 'the source throttles, and names a wait of 184 s',
    trouble: [{ is: 'answers', side: 'source', command: 'UID FETCH', line: THROTTLED, after: 0.5, minutes: 2 }],
    sights: [
      { sees: 'failure', kind: 'throttled', says: /Suggested Backoff Time: 184000/ },
      { sees: 'rest', says: /^source: .*throttled/, minutes: 184 / 60 },
    ],
    ends: ALL_THERE,
  },
  {
    who: 'cleo',
    what: 'a filter refuses an attachment',
    trouble: [{ is: 'odd messages', uids: [20], odd: 'an executable attachment' }],
    sights: [{ sees: 'failure', kind: 'message-policy', says: /executable attachment/ }],
    ends: { state: 'synced', lacks: [20], open: ['message-policy'] },
  },
  {
    who: 'grace',
    what: 'her new INBOX keeps no keywords',
    trouble: [{ is: 'no keywords' }],
    sights: [{ sees: 'failure', kind: 'message-policy', says: /\$Forwarded/ }],
    ends: ALL_THERE,
  },
  {
    who: 'olga',
    what: 'a connection drops when a message was stored and nobody was told',
    trouble: [{ is: 'drops', side: 'destination', command: 'APPEND', after: 0.5, when: 'done and not said' }],
    sights: [
      { sees: 'failure', kind: 'transient', says: /closed|reset/i },
      { sees: 'log', says: /of unknown origin.*: [1-9]\d* (?:is|are) ours by content/ },
    ],
    ends: ALL_THERE,
  },
  {
    who: 'ida',
    what: 'a connection drops in the middle of a message',
    trouble: [{ is: 'drops', side: 'source', command: 'UID FETCH', after: 0.3, when: 'in mid-answer' }],
    sights: [{ sees: 'failure', kind: 'transient', says: /closed|reset/i }],
    ends: ALL_THERE,
  },
  {
    who: 'frank',
    what: 'a filter refuses two attachments',
    trouble: [{ is: 'odd messages', uids: [7, 8], odd: 'an executable attachment' }],
    sights: [{ sees: 'failure', kind: 'message-policy', says: /executable attachment/ }],
    ends: { state: 'synced', lacks: [7, 8], open: ['message-policy'] },
  },
];
