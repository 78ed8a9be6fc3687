import { type Doubles, doublesText } from '../../store/ledger/doubles.js';
import type { UidSet } from '../../store/uid/uid-set.js';
import type { Advice, Ceiling } from '../../words/advice/advice.js';
import type { Side } from '../../words/side.js';
import type { Kind, Next, Scope, Verdict } from '../../words/verdict.js';

/**
 * A failure that the engine found itself, in the form of the error ledger: no server said it, so the
 * text is ours and the verdict is given.
 */
export interface Finding {
  readonly response: string;
  readonly verdict: Verdict;
}

/** A finding in the words of the engine. */
export function finding(
  response: string,
  kind: Kind,
  scope: Scope,
  next: Next,
  rule: string,
  advice: Advice,
  code: string | null = null,
): Finding {
  return {
    response,
    verdict: { kind, code, scope, next, waitSeconds: 0, advice, rule, grounds: { key: 'found' } },
  };
}

export function tooBig(limit: number, whose: Ceiling): Finding {
  return finding(
    `not transferred: over the limit of ${limit} bytes of ${whose}`,
    'message-policy',
    'message',
    'skip-message',
    'engine:too-big',
    { key: 'too big', ceiling: whose },
    'TOOBIG',
  );
}

export const sourceKeepsBack: Finding = finding(
  'the source lists this message and does not give it, alone or without its flags',
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
    [
      `the ${told.side} counts ${told.exists} messages in this folder and lists ${(told.exists ?? 0) - told.notSeen}: ${told.notSeen} of them cannot be seen`,
      ...(told.unconfirmed.isEmpty ? [] : [`UID SEARCH names UID ${told.unconfirmed}, which UID FETCH does not know`]),
      ...(told.refused === null ? [] : [`it answered ${told.refused}`]),
    ].join('; '),
    'corruption',
    'folder',
    'skip-folder',
    'engine:not-listed',
    { key: 'not all listed', side: told.side },
  );

/** A server whose UIDVALIDITY is another one at each opening, as that of GNU imap4d. */
export const keepsNoUids = (side: Side): Finding =>
  finding(
    side === 'source'
      ? 'this server keeps no UIDs: each opening of a folder gives its messages other ones, so each run matches everything afresh'
      : 'this server keeps no UIDs: what is stored is known again by its content alone, and each run matches everything afresh',
    'server-bug',
    'mailbox',
    'note',
    'engine:keeps-no-uids',
    { key: 'no uids kept' },
  );

/** Found by the account at the end of a folder: a mistake of ours, or of a server's that nobody has met yet. */
export const unaccounted: Finding = finding(
  'listed by the source, and neither copied nor refused when the folder was done',
  'client-bug',
  'message',
  'skip-message',
  'engine:unaccounted',
  { key: 'unaccounted' },
);

/** Found by the account at the end of a mailbox: every folder of the map must have met its end. */
export const folderUnaccounted: Finding = finding(
  'listed by the source, and not looked into when the mailbox was done',
  'client-bug',
  'folder',
  'skip-folder',
  'engine:folder-unaccounted',
  { key: 'folder unaccounted' },
);

/** @param count  messages that EXISTS counts and that nobody named */
export const notSeenIn = (count: number): Finding =>
  finding(
    `the source counts ${count} messages more in this folder than it named`,
    'corruption',
    'folder',
    'skip-folder',
    'engine:not-seen',
    { key: 'not all named' },
  );

export const altered = (how: string): Finding =>
  finding(`stored, but changed by the destination: ${how}`, 'message-policy', 'message', 'note', 'engine:altered', {
    key: 'changed',
  });

/** @param sent  bytes that were sent  @param there  bytes that the destination lists */
export const notCompared = (sent: number, there: number): Finding =>
  finding(
    sent === there
      ? 'stored, but it could not be read again to compare it with what was sent'
      : `stored with another size, and it could not be read again to see why: ${there} bytes, ${sent} were sent`,
    'corruption',
    'message',
    'note',
    'engine:not-compared',
    { key: 'not compared' },
  );

export const alteredMuch: Finding = finding(
  'stored, but what the destination gives back is not what was sent',
  'corruption',
  'message',
  'note',
  'engine:altered-much',
  { key: 'rewritten' },
);

export const deletedStripped: Finding = finding(
  'sent without the flag \\Deleted, as --deleted strip says',
  'message-policy',
  'message',
  'note',
  'engine:deleted-stripped',
  { key: 'deleted mark left out' },
);

/** @param there  bytes that the destination holds. @param sent  bytes that were sent */
export const cutShort = (there: number, sent: number): Finding =>
  finding(
    `the destination holds ${there} bytes of a message of ${sent}`,
    'corruption',
    'message',
    'skip-message',
    'engine:cut-short',
    { key: 'cut short' },
  );

/** @param hidden  messages that the destination holds and does not show */
export const mayBeHidden = (hidden: number): Finding =>
  finding(
    `it may have been stored when the line dropped: the destination holds ${hidden} messages in this folder that it does not show, so it is not sent again`,
    'corruption',
    'message',
    'skip-message',
    'engine:may-be-hidden',
    { key: 'may be hidden' },
  );

/** @param hidden  UIDs of the destination of which it tells nothing else */
export const mayBeHiddenBefore = (hidden: UidSet): Finding => ({
  ...mayBeHidden(hidden.size),
  response: `it may be there already: the destination tells nothing of UID ${hidden} in this folder but that it is there, so this message is not sent`,
});

/** @param count  messages that the destination counts */
export const showsNone = (count: number): Finding => ({
  ...mayBeHidden(count),
  response: `it may be there already: the destination counts ${count} messages in this folder and shows none of them, so this message is not sent`,
});

export const standTwice = (doubles: Doubles): Finding =>
  finding(doublesText(doubles), 'server-bug', 'folder', 'skip-message', 'engine:double', { key: 'stands twice' });

/** @param why  what speaks against it */
export const impossibleAppendUid = (why: string): Finding =>
  finding(`the destination's APPENDUID cannot be right: ${why}`, 'server-bug', 'folder', 'note', 'engine:append-uid', {
    key: 'uids not used',
  });

/** @param missing  UIDs of the destination */
export const untrueAppendUid = (missing: UidSet): Finding =>
  finding(
    `the destination's APPENDUID was untrue: it named UID ${missing}, which is not there, and the messages stand under other UIDs`,
    'server-bug',
    'folder',
    'note',
    'engine:append-uid',
    { key: 'uids untrue' },
  );

/** @param uids  of the destination */
export const exchangedAppendUid = (uids: UidSet): Finding =>
  finding(
    `the destination's APPENDUID was untrue: under UID ${uids} stand messages that it stored for others; each is known by its content now`,
    'server-bug',
    'folder',
    'note',
    'engine:append-uid',
    { key: 'uids untrue' },
  );

/** @param equals  how many equal messages of the source it keeps as one */
export const keptAsOne = (equals: number): Finding =>
  finding(
    `the destination keeps one of ${equals} equal messages`,
    'message-policy',
    'message',
    'note',
    'engine:kept-as-one',
    { key: 'kept as one' },
  );

/** Rule of a message that the destination expunged for the mark that it has at the source. */
export const EXPUNGED_AS_DELETED = 'engine:expunged-as-deleted';

export const expungedAsDeleted: Finding = finding(
  'stored with the flag \\Deleted that it has at the source, and the destination then expunged it',
  'message-policy',
  'message',
  'skip-message',
  EXPUNGED_AS_DELETED,
  { key: 'expunged as deleted' },
);

/** @param what  `3 NUL removed, 2 header lines folded` */
export const sentRepaired = (what: string): Finding =>
  finding(`repaired on the operator’s order: ${what}`, 'message-policy', 'message', 'note', 'engine:repaired', {
    key: 'repaired',
  });

export const sentWithoutFlags = (flags: string): Finding =>
  finding(
    `sent without its flags on the operator’s order: ${flags} left out`,
    'message-policy',
    'message',
    'note',
    'engine:without-flags',
    { key: 'flags left out' },
  );
