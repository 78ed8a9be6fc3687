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
  'The destination did not store the message, or somebody moved or deleted it within the run. Look for it there; `retry` sends it again, `skip` leaves it out.',
);

export const dropped: Finding = finding(
  'stored and read back, and gone when it was looked for on a later connection',
  'server-bug',
  'message',
  'skip-message',
  'engine:dropped',
  'The destination drops messages when the session ends that stored them, or somebody moved or deleted it within the run. Look for it there; the next run sends it again, `skip` leaves it out.',
);

export const droppedAgain: Finding = finding(
  'stored once more, and gone once more: the destination does not keep this message',
  'server-bug',
  'message',
  'skip-message',
  'engine:dropped-again',
  'It is not sent again by itself. Ask the destination’s administrator for what removes it (a quota, an expiry, a filter); then `retry` sends it, `skip` leaves it out.',
);

/** @param kept  messages that are left in the folder */
export const keepsNewest = (kept: number): Finding =>
  finding(
    `stored, and dropped for newer ones: the destination keeps the newest ${kept} messages of this folder and drops the oldest without a word`,
    'quota',
    'message',
    'skip-message',
    'engine:keeps-newest',
    'It is not sent again by itself, for it would push out another one. Have the limit of the folder raised, or move it to a folder without one (--map); then `retry` sends it, `skip` leaves it out.',
  );

/** @param folder  where it stands now  @param sentTo  where it was stored */
export const filedElsewhere = (folder: string, sentTo: string): Finding =>
  finding(
    `arrived in ${folder} instead of ${sentTo}: the destination filed it there`,
    'message-policy',
    'message',
    'skip-message',
    'engine:filed-elsewhere',
    'Nothing is missing: a filter or a rule at the destination moves what is stored in this folder. It is not sent again by itself. Move it there and `skip` it here, or have the filter switched off and `retry` it, which sends a second copy.',
  );

/** @param uids  source UIDs among which they are */
export const someNotStored = (count: number, uids: UidSet): Finding =>
  finding(
    `${count} of ${uids.size} messages that were answered OK are not in the folder when it was read back: among UID ${uids}`,
    'server-bug',
    'folder',
    'skip-folder',
    'engine:some-not-stored',
    'The destination names no UIDs (no UIDPLUS) and changes messages, so nobody can say which of them are missing. Compare the folder on both servers.',
  );
