import type { UidSet } from '../../../store/uid/uid-set.js';
import { type Finding, finding } from '../findings.js';

/** Findings about messages that the destination answered OK to and does not hold. */

/** RFC 9051 section 6.3.12: OK means that the message was added. Reading back is what proves it. */
export const notStored: Finding = finding(
  'answered OK, and not in the folder when it was read back',
  'server-bug',
  'message',
  'skip-message',
  'engine:not-stored',
  { key: 'not stored' },
);

export const dropped: Finding = finding(
  'stored and read back, and gone when it was looked for on a later connection',
  'server-bug',
  'message',
  'skip-message',
  'engine:dropped',
  { key: 'dropped' },
);

export const droppedAgain: Finding = finding(
  'stored once more, and gone once more: the destination does not keep this message',
  'server-bug',
  'message',
  'skip-message',
  'engine:dropped-again',
  { key: 'dropped again' },
);

export const anotherStored: Finding = finding(
  'stored, and the destination gives back another message in its place: its Message-ID is not that of what was sent',
  'server-bug',
  'message',
  'skip-message',
  'engine:another-stored',
  { key: 'another stored' },
);

/** A filter or a rewriting of headers changes the size as well. */
export const damaged: Finding = finding(
  'stored, and the destination gives back other bytes of the same length: it is damaged there',
  'corruption',
  'message',
  'skip-message',
  'engine:damaged',
  { key: 'damaged there' },
);

/** @param limit  the server's words */
export const notSeenLater = (limit: string): Finding =>
  finding(
    `stored and read back, and not looked at on a later connection, since the destination lets none in now: ${limit}`,
    'throttled',
    'mailbox',
    'note',
    'engine:not-seen-later',
    { key: 'not seen later' },
  );

/** @param kept  messages that are left in the folder */
export const keepsNewest = (kept: number): Finding =>
  finding(
    `stored, and dropped for newer ones: the destination keeps the newest ${kept} messages of this folder and drops the oldest without a word`,
    'quota',
    'message',
    'skip-message',
    'engine:keeps-newest',
    { key: 'keeps newest' },
  );

/** @param folder  where it stands now  @param sentTo  where it was stored */
export const filedElsewhere = (folder: string, sentTo: string): Finding =>
  finding(
    `arrived in ${folder} instead of ${sentTo}: the destination filed it there`,
    'message-policy',
    'message',
    'skip-message',
    'engine:filed-elsewhere',
    { key: 'filed elsewhere' },
  );

/** @param uids  source UIDs among which they are */
export const someNotStored = (count: number, uids: UidSet): Finding =>
  finding(
    `${count} of ${uids.size} messages that were answered OK are not in the folder when it was read back: among UID ${uids}`,
    'server-bug',
    'folder',
    'skip-folder',
    'engine:some-not-stored',
    { key: 'some not stored' },
  );
