import type { Treated } from '../../store/treated.js';
import { isAppendFlag, isRecent, type Outgoing } from '../imap/append.js';
import type { Fetched } from '../imap/fetch.js';
import { instantOf } from '../imap/internal-date.js';
import { fingerprint } from './fingerprint.js';
import { inspect } from './inspect.js';
import { repair } from './repair.js';
import type { SentMessage } from './sent.js';

/** A message ready to be sent. */
export interface Prepared {
  readonly outgoing: Outgoing;
  /** What is held against it when it is read back. */
  readonly sent: SentMessage;
  /** A server may change it without a word. */
  readonly odd: boolean;
  /** Keywords that APPEND cannot carry. */
  readonly keywordsLost: readonly string[];
  /** Of the header that is sent; see `inspect`. */
  readonly headHash: number;
}

/**
 * What is sent of a message of the source: all of it but `\Recent` and keywords that are no atoms; or without
 * flags, or repaired, where an operator ordered that.
 */
export function prepareMessage({ uid, flags, internalDate, body }: Fetched, treated: Treated): Prepared {
  const { body: sentBody, changes: repairs } = treated.repaired.has(uid) ? repair(body) : { body, changes: [] };
  const own = flags.filter((flag) => !isRecent(flag));
  const bare = treated['without-flags'].has(uid);
  const kept = bare ? [] : own.filter(isAppendFlag);
  const flagsLeftOut = bare ? own : [];
  const { nul, eightBitHeader, headHash } = inspect(sentBody);
  const date = instantOf(internalDate);
  const odd = nul || eightBitHeader;
  return {
    outgoing: { uid, flags: kept, internalDate, body: sentBody, hasNul: nul },
    sent: {
      size: sentBody.length,
      date,
      flags: kept,
      exact: odd || date === undefined || repairs.length > 0 ? fingerprint(sentBody).exact : '',
      ...(flagsLeftOut.length + repairs.length > 0 ? { otherwise: { flagsLeftOut, repairs } } : {}),
    },
    odd,
    headHash,
    keywordsLost: bare ? [] : own.filter((flag) => !isAppendFlag(flag)),
  };
}
