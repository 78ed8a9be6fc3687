import { type Found, PLAIN_FOUND } from '../../../src/words/findings/found.js';

const AT = Date.UTC(2026, 2, 1, 2, 17, 5);
const HOUR = 3_600_000;
const BROKE = { key: 'breaks the connection', side: 'source', command: 'UID FETCH', times: 3, byItself: 'no' } as const;

const FINDINGS = [
  ...PLAIN_FOUND.map((key) => ({ key })),
  { key: 'too big', bytes: 1000, ceiling: 'the folder' },
  { key: 'not all listed', side: 'source', exists: 12, notSeen: 2, unconfirmed: '4', refused: 'NO index' },
  { key: 'not all listed', side: 'destination', exists: null, notSeen: 0, unconfirmed: null, refused: null },
  { key: 'no uids kept', side: 'source' },
  { key: 'list without end', side: 'source', rows: 100_001, characters: 6_000_000 },
  { key: 'no uids kept', side: 'destination' },
  { key: 'not all named', messages: 3 },
  { key: 'not compared', sent: 7, there: 7 },
  { key: 'not compared', sent: 7, there: 8 },
  { key: 'cut short', sent: 900, there: 100 },
  { key: 'may be hidden', messages: 2 },
  { key: 'shows none', messages: 2 },
  { key: 'hidden before', uids: '7:9' },
  { key: 'stands twice', copies: 2, there: '11:12', here: '1:2' },
  { key: 'append-uid impossible', doubt: { key: 'unreadable', text: 'it is no number' } },
  { key: 'append-uid impossible', doubt: { key: 'twice', uid: 7 } },
  { key: 'append-uid impossible', doubt: { key: 'of another folder', uid: 7 } },
  { key: 'append-uid impossible', doubt: { key: 'given before', uid: 7 } },
  { key: 'append-uid impossible', doubt: { key: 'named before', uid: 7, before: 1, now: 2 } },
  { key: 'append-uid impossible', doubt: { key: 'far ahead', uid: 99_999_999, highest: 8 } },
  { key: 'append-uid untrue', missing: '7:9' },
  { key: 'append-uid exchanged', uids: '7:9' },
  { key: 'kept as one', equals: 3 },
  {
    key: 'repaired',
    repairs: [
      { kind: 'NUL', count: 3 },
      { kind: 'header folded', count: 2 },
    ],
  },
  { key: 'flags left out', flags: '\\Seen $Junk' },
  { key: 'flags lost', flags: '\\Seen' },
  { key: 'flags not set', flags: '\\Seen', words: '* BYE enough' },
  { key: 'keyword not kept', keyword: '$Forwarded' },
  { key: 'keywords left out', messages: 1, keywords: ['a', 'b'], more: 0 },
  { key: 'keywords left out', messages: 2, keywords: ['a', 'b'], more: 3 },
  { key: 'not seen later', limit: 'NO [LIMIT] later' },
  { key: 'keeps newest', messages: 500 },
  { key: 'filed elsewhere', folder: 'Spam', sentTo: 'INBOX' },
  { key: 'some not stored', messages: 2, of: 9, uids: '1:9' },
  { key: 'dates changed', count: 1, of: 2, example: { uid: 4, sent: AT, there: null } },
  { key: 'dated on arrival', count: 2, of: 2, example: { uid: 4, sent: AT, there: AT + 1000 } },
  {
    key: 'dates shifted',
    amounts: [-HOUR, 2 * HOUR],
    count: 2,
    of: 3,
    example: { uid: 4, sent: AT, there: AT - HOUR },
  },
  { key: 'dated by header', header: 'Received', why: 'no usable date' },
  { key: 'dated by header', header: 'Date', why: 'on order' },
  { key: 'dates bunched', messages: 9, internal: [AT, AT + 1000], headers: [AT - 99_000 * HOUR, AT] },
  { key: 'cannot be read', uids: '7', ours: '', words: 'the connection was closed' },
  { key: 'cannot be read', uids: '7', ours: '3', words: '* BYE' },
  { key: 'empty body', listed: 0 },
  { key: 'empty body', listed: 12 },
  { key: 'other length', listed: 12, came: 11 },
  { key: 'another message', given: '<a@x>', listed: '<b@x>' },
  { key: 'sizes not kept', uid: 4, listed: 12, came: 11 },
  { key: 'line too long', octets: 10_500 },
  { key: 'rows unreadable', rows: [{ row: '* LIST (', why: 'no end' }], more: 0 },
  { key: 'rows unreadable', rows: [{ row: '* LIST (', why: 'no end' }], more: 6 },
  { key: 'namespace unreadable', row: '* NAMESPACE x', why: 'no list' },
  { ...BROKE, of: 'folder', how: 'refused', words: 'NO boom' },
  { ...BROKE, of: 'message', how: 'bye', words: '* BYE boom' },
  { ...BROKE, of: 'message', how: 'silent', words: 'no answer in 60 s', byItself: 'maybe' },
  { ...BROKE, of: 'message', how: 'dropped', words: 'the connection was closed' },
] as const satisfies readonly Found[];

type Lacking = Exclude<Found['key'], (typeof FINDINGS)[number]['key']>;

/**
 * One finding of each key, and of each way in which its words differ. The compiler names a key that is lacking here: a
 * finding that is never stored in a test could be one that is never read again.
 */
export const EVERY_FINDING: [Lacking] extends [never] ? readonly Found[] : Lacking = FINDINGS;
