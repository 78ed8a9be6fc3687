import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';

/** The user who proved an identity, and the user to act as. */
export interface Claim {
  readonly user: string;
  readonly actAs: string;
}

/** Opens the mailbox to who has proved to be `user`. */
export function admit(session: Session, { user, actAs }: Claim): Outcome {
  const { accounts, settings, sessions } = session.house;
  if (actAs !== user && !settings.admins.includes(user)) {
    return no('[AUTHORIZATIONFAILED] You may not act as this user.');
  }
  const account = accounts.find(actAs);
  if (!account) return no('[AUTHENTICATIONFAILED] Authentication failed.');
  const open = [...sessions].filter((other) => other.account === account).length;
  if (open >= settings.connectionsPerUser) {
    return no(`[LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=${open})`);
  }
  session.account = account;
  // Dovecot's way: who asked before is told in a line of its own.
  if (!session.askedCapability) return ok(`[CAPABILITY ${session.capabilities()}] Logged in`);
  session.out.line(`* CAPABILITY ${session.capabilities()}`);
  return ok('Logged in');
}

/** Splits a login on another's behalf, `mailbox*admin`. */
export function claimIn(login: string, admins: readonly string[]): Claim {
  const star = login.lastIndexOf('*');
  const admin = login.slice(star + 1);
  return star > 0 && admins.includes(admin)
    ? { user: admin, actAs: login.slice(0, star) }
    : { user: login, actAs: login };
}
