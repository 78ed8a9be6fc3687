import type { ResponseReason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { sanitise } from './sanitise.js';

/** The reason why a pass ended, classified. */
export interface PassFailure {
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  /** The server's response, or the error that ended the connection. */
  readonly response: string;
  readonly verdict: Verdict;
  /** `now`: start again at once, nothing was wrong with the servers. `rest`, `hold`: as the verdict says. */
  readonly goes: 'now' | 'rest' | 'hold';
}

/** The failure as the reason of a rest or a hold. */
export function responseReason({ side, response, verdict: { code } }: PassFailure): ResponseReason {
  return { key: 'response', side, code, response: sanitise(response) };
}

/** The rule where no credential was given at all. */
export const CREDENTIAL_MISSING = 'engine:credential-missing';
/** The rule where a token endpoint refused the application: nobody gets a token. */
export const APPLICATION_REFUSED = 'engine:application-refused';
/** The rule where a token endpoint refused this user alone. */
export const USER_REFUSED = 'engine:user-refused';

/** Whether no token was given: a password would not mend that. */
export const isWithoutToken = ({ rule }: Pick<Verdict, 'rule'>): boolean =>
  rule === APPLICATION_REFUSED || rule === USER_REFUSED;
