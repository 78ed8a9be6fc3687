import { type Doubles, doublesFound } from '../../store/ledger/doubles.js';
import { type UidSet, uidsInText } from '../../store/uid/uid-set.js';
import type { Ceiling } from '../../words/advice/advice.js';
import type { AppendUidDoubt, Found } from '../../words/findings/found.js';
import type { Repair } from '../../words/findings/repairs.js';
import type { Side } from '../../words/side.js';
import { type Finding, finding } from '../responses/finding.js';

export function tooBig(limit: number, whose: Ceiling): Finding {
  return finding(
    { key: 'too big', bytes: limit, ceiling: whose },
    'message-policy',
    'message',
    'skip-message',
    'engine:too-big',
    { key: 'too big', ceiling: whose },
    'TOOBIG',
  );
}

export const sourceKeepsBack: Finding = finding(
  { key: 'not given' },
  'corruption',
  'message',
  'skip-message',
  'engine:not-given',
  { key: 'damaged at the source' },
);

/** A folder counts more messages than anybody can name. */
export const notAllSeen = (told: {
  readonly side: Side;
  readonly exists: number | null;
  readonly notSeen: number;
  /** UIDs that SEARCH names and no FETCH knows. */
  readonly unconfirmed: UidSet;
  /** The answer that refused the list; null: none did. */
  readonly refused: string | null;
}): Finding =>
  finding(
    {
      key: 'not all listed',
      side: told.side,
      exists: told.exists,
      notSeen: told.notSeen,
      unconfirmed: told.unconfirmed.isEmpty ? null : uidsInText(told.unconfirmed),
      refused: told.refused,
    },
    'corruption',
    'folder',
    'skip-folder',
    'engine:not-listed',
    { key: 'not all listed', side: told.side },
  );

/** A server whose UIDVALIDITY is another one at each opening, as that of GNU imap4d. */
export const keepsNoUids = (side: Side): Finding =>
  finding({ key: 'no uids kept', side }, 'server-bug', 'mailbox', 'note', 'engine:keeps-no-uids', {
    key: 'no uids kept',
  });

/** Found by the account at the end of a folder: a mistake of ours, or of a server's that nobody has met yet. */
export const unaccounted: Finding = finding(
  { key: 'unaccounted' },
  'client-bug',
  'message',
  'skip-message',
  'engine:unaccounted',
  { key: 'unaccounted' },
);

/** Found by the account at the end of a mailbox: every folder of the map must have met its end. */
export const folderUnaccounted: Finding = finding(
  { key: 'folder unaccounted' },
  'client-bug',
  'folder',
  'skip-folder',
  'engine:folder-unaccounted',
  { key: 'folder unaccounted' },
);

/** @param count  messages that EXISTS counts and that nobody named */
export const notSeenIn = (count: number): Finding =>
  finding({ key: 'not all named', messages: count }, 'corruption', 'folder', 'skip-folder', 'engine:not-seen', {
    key: 'not all named',
  });

export const altered: Finding = finding({ key: 'altered' }, 'message-policy', 'message', 'note', 'engine:altered', {
  key: 'changed',
});

/** @param sent  bytes that were sent  @param there  bytes that the destination lists */
export const notCompared = (sent: number, there: number): Finding =>
  finding({ key: 'not compared', sent, there }, 'corruption', 'message', 'note', 'engine:not-compared', {
    key: 'not compared',
  });

export const alteredMuch: Finding = finding(
  { key: 'altered much' },
  'corruption',
  'message',
  'note',
  'engine:altered-much',
  { key: 'rewritten' },
);

export const deletedStripped: Finding = finding(
  { key: 'deleted mark left out' },
  'message-policy',
  'message',
  'note',
  'engine:deleted-stripped',
  { key: 'deleted mark left out' },
);

/** @param there  bytes that the destination holds. @param sent  bytes that were sent */
export const cutShort = (there: number, sent: number): Finding =>
  finding({ key: 'cut short', sent, there }, 'corruption', 'message', 'skip-message', 'engine:cut-short', {
    key: 'cut short',
  });

const hiddenAs = (found: Found): Finding =>
  finding(found, 'corruption', 'message', 'skip-message', 'engine:may-be-hidden', { key: 'may be hidden' });

/** @param messages  that the destination holds and does not show */
export const mayBeHidden = (messages: number): Finding => hiddenAs({ key: 'may be hidden', messages });

/** @param hidden  UIDs of the destination of which it tells nothing else */
export const mayBeHiddenBefore = (hidden: UidSet): Finding =>
  hiddenAs({ key: 'hidden before', uids: uidsInText(hidden) });

/** @param messages  that the destination counts */
export const showsNone = (messages: number): Finding => hiddenAs({ key: 'shows none', messages });

export const standTwice = (doubles: Doubles): Finding =>
  finding(doublesFound(doubles), 'server-bug', 'folder', 'skip-message', 'engine:double', { key: 'stands twice' });

/** @param doubt  what speaks against it */
export const impossibleAppendUid = (doubt: AppendUidDoubt): Finding =>
  finding({ key: 'append-uid impossible', doubt }, 'server-bug', 'folder', 'note', 'engine:append-uid', {
    key: 'uids not used',
  });

/** @param missing  UIDs of the destination */
export const untrueAppendUid = (missing: UidSet): Finding =>
  finding(
    { key: 'append-uid untrue', missing: uidsInText(missing) },
    'server-bug',
    'folder',
    'note',
    'engine:append-uid',
    { key: 'uids untrue' },
  );

/** @param uids  of the destination */
export const exchangedAppendUid = (uids: UidSet): Finding =>
  finding(
    { key: 'append-uid exchanged', uids: uidsInText(uids) },
    'server-bug',
    'folder',
    'note',
    'engine:append-uid',
    { key: 'uids untrue' },
  );

/** @param equals  how many equal messages of the source it keeps as one */
export const keptAsOne = (equals: number): Finding =>
  finding({ key: 'kept as one', equals }, 'message-policy', 'message', 'note', 'engine:kept-as-one', {
    key: 'kept as one',
  });

/** Rule of a message that the destination expunged for the mark that it has at the source. */
export const EXPUNGED_AS_DELETED = 'engine:expunged-as-deleted';

export const expungedAsDeleted: Finding = finding(
  { key: 'expunged as deleted' },
  'message-policy',
  'message',
  'skip-message',
  EXPUNGED_AS_DELETED,
  { key: 'expunged as deleted' },
);

export const sentRepaired = (repairs: readonly Repair[]): Finding =>
  finding({ key: 'repaired', repairs }, 'message-policy', 'message', 'note', 'engine:repaired', {
    key: 'repaired',
  });

export const sentWithoutFlags = (flags: string): Finding =>
  finding({ key: 'flags left out', flags }, 'message-policy', 'message', 'note', 'engine:without-flags', {
    key: 'flags left out',
  });
