import type { Treated } from '../../../store/ledger/treated.js';
import { isAppendFlag } from '../../imap/commands/append.js';
import type { Fetched } from '../../imap/commands/fetch.js';
import { isDeletedFlag, isRecent } from '../../imap/grammar/flags.js';
import type { CopyContext } from '../job.js';
import { fingerprint } from './fingerprint.js';
import { inspect } from './inspect.js';
import { messageDate } from './message-date.js';
import type { Prepared } from './prepared.js';
import { repair } from './repair.js';

/**
 * Makes the message to send: all of the source's but `\Recent` and keywords that are no atoms; or without
 * flags, or repaired, where an operator ordered that; `\Deleted` and the date as the options of the batch say.
 */
export function prepareMessage(
  { uid, flags: told, internalDate, body }: Fetched,
  treated: Treated,
  { deleted, dates }: CopyContext['sending'],
): Prepared {
  const flags = told ?? [];
  const { body: sentBody, changes: repairs } = treated.repaired.has(uid) ? repair(body) : { body, changes: [] };
  const marked = !flags.some(isDeletedFlag) ? null : treated['without-deleted'].has(uid) ? 'strip' : deleted;
  const own = flags.filter((flag) => !isRecent(flag) && !(marked === 'strip' && isDeletedFlag(flag)));
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
    deleted: marked,
    flagsUnknown: told === null && !bare,
    keywordsLost: bare ? [] : own.filter((flag) => !isAppendFlag(flag)),
  };
}
