import { type UidSet, uidsInText } from '../../../store/uid/uid-set.js';
import { type Finding, finding } from '../../responses/finding.js';

/** Findings about messages that the destination answered OK to and does not hold. */

/** RFC 9051 section 6.3.12: OK means that the message was added. Reading back is what proves it. */
export const notStored: Finding = finding(
  { key: 'not stored' },
  'server-bug',
  'message',
  'skip-message',
  'engine:not-stored',
  { key: 'not stored' },
);

export const dropped: Finding = finding({ key: 'dropped' }, 'server-bug', 'message', 'skip-message', 'engine:dropped', {
  key: 'dropped',
});

export const droppedAgain: Finding = finding(
  { key: 'dropped again' },
  'server-bug',
  'message',
  'skip-message',
  'engine:dropped-again',
  { key: 'dropped again' },
);

export const anotherStored: Finding = finding(
  { key: 'another stored' },
  'server-bug',
  'message',
  'skip-message',
  'engine:another-stored',
  { key: 'another stored' },
);

/** A filter or a rewriting of headers changes the size as well. */
export const damaged: Finding = finding({ key: 'damaged' }, 'corruption', 'message', 'skip-message', 'engine:damaged', {
  key: 'damaged there',
});

/** @param limit  the server's words */
export const notSeenLater = (limit: string): Finding =>
  finding({ key: 'not seen later', limit }, 'throttled', 'mailbox', 'note', 'engine:not-seen-later', {
    key: 'not seen later',
  });

/** @param kept  messages that are left in the folder */
export const keepsNewest = (kept: number): Finding =>
  finding({ key: 'keeps newest', messages: kept }, 'quota', 'message', 'skip-message', 'engine:keeps-newest', {
    key: 'keeps newest',
  });

/** @param folder  where it stands now  @param sentTo  where it was stored */
export const filedElsewhere = (folder: string, sentTo: string): Finding =>
  finding(
    { key: 'filed elsewhere', folder, sentTo },
    'message-policy',
    'message',
    'skip-message',
    'engine:filed-elsewhere',
    { key: 'filed elsewhere' },
  );

/** @param uids  source UIDs among which they are */
export const someNotStored = (count: number, uids: UidSet): Finding =>
  finding(
    { key: 'some not stored', messages: count, of: uids.size, uids: uidsInText(uids) },
    'server-bug',
    'folder',
    'skip-folder',
    'engine:some-not-stored',
    { key: 'some not stored' },
  );
