import type { Treated } from '../../../store/ledger/treated.js';
import { isAppendFlag, isRecent, type Outgoing } from '../../imap/commands/append.js';
import type { Fetched } from '../../imap/commands/fetch.js';
import type { CopyContext } from '../job.js';
import { fingerprint } from '../prepare/fingerprint.js';
import type { SentMessage } from '../verify/sent.js';
import { inspect } from './inspect.js';
import { type MessageDate, messageDate } from './message-date.js';
import { repair } from './repair.js';

/** A message ready to be sent. */
export interface Prepared {
  readonly outgoing: Outgoing;
  /** What is held against it when it is read back. */
  readonly sent: SentMessage;
  /** A server may change it without a word. */
  readonly odd: boolean;
  /** Which date it is sent with. */
  readonly date: MessageDate;
  /** The source marks it as deleted. */
  readonly isDeleted: boolean;
  /** Keywords that APPEND cannot carry. */
  readonly keywordsLost: readonly string[];
  /** Of the header that is sent; see `inspect`. */
  readonly headHash: number;
}

/**
 * What is sent of a message of the source: all of it but `\Recent` and keywords that are no atoms; or without
 * flags, or repaired, where an operator ordered that; `\Deleted` and the date as the options of the batch say.
 */
export function prepareMessage(
  { uid, flags, internalDate, body }: Fetched,
  treated: Treated,
  { deleted, dates }: CopyContext['sending'],
): Prepared {
  const { body: sentBody, changes: repairs } = treated.repaired.has(uid) ? repair(body) : { body, changes: [] };
  const own = flags.filter((flag) => !isRecent(flag) && !(deleted === 'strip' && isDeletedFlag(flag)));
  const bare = treated['without-flags'].has(uid);
  const kept = bare ? [] : own.filter(isAppendFlag);
  const flagsLeftOut = bare ? own : [];
  const { nul, eightBitHeader, headHash } = inspect(sentBody);
  const date = messageDate(internalDate, body, dates);
  const odd = nul || eightBitHeader;
  return {
    outgoing: { uid, flags: kept, internalDate: date.text, body: sentBody, hasNul: nul },
    sent: {
      size: sentBody.length,
      date: date.instant,
      flags: kept,
      exact: odd || repairs.length > 0 ? fingerprint(sentBody).exact : '',
      ...(flagsLeftOut.length + repairs.length > 0 ? { otherwise: { flagsLeftOut, repairs } } : {}),
    },
    odd,
    headHash,
    date,
    isDeleted: flags.some(isDeletedFlag),
    keywordsLost: bare ? [] : own.filter((flag) => !isAppendFlag(flag)),
  };
}

/** The mark of a message that an EXPUNGE removes (RFC 9051 section 2.3.2). */
export function isDeletedFlag(flag: string): boolean {
  return /^\\deleted$/i.test(flag);
}
