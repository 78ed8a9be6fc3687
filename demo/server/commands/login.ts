import { type Arg, atMost, textOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { bad, no, type Outcome } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { admit, type Claim, claimIn } from './admit.js';
import { type BearerLogin, fromBase64, parseOauthBearer, parsePlain, parseXoauth2 } from './sasl.js';

/** LOGIN and AUTHENTICATE (RFC 3501 section 6.2), with an initial response (RFC 4959). */
export const LOGIN: CommandTable = {
  LOGIN: {
    kind: 'whole',
    state: 'open',
    run: (session, args) => {
      atMost(args, 2);
      const [login, password] = [textOf(args[0], 'user'), textOf(args[1], 'password')];
      return needsTls(session) ?? withPassword(session, claimIn(login, session.house.settings.admins), password);
    },
  },
  AUTHENTICATE: { kind: 'whole', state: 'open', run: authenticate },
};

const FAILED = '[AUTHENTICATIONFAILED] Authentication failed.';
const ABORTED = 'Authentication aborted by client.';

async function authenticate(session: Session, args: readonly Arg[]): Promise<Outcome> {
  const mechanism = textOf(args[0], 'mechanism').toUpperCase();
  const known = mechanism === 'PLAIN' || mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER';
  if (!known || !session.has(`AUTH=${mechanism}`)) return no('Unsupported authentication mechanism.');
  const refused = needsTls(session);
  if (refused) return refused;
  if (args.length > 1 && !session.has('SASL-IR')) return bad('No initial response is taken here.');
  const answer = args.length > 1 ? textOf(args[1], 'initial response') : await session.ask('');
  if (answer === '*') return bad(ABORTED);
  const message = fromBase64(answer === '=' ? '' : answer);
  if (message === null) return bad('Invalid base64 data in initial response');
  if (mechanism === 'PLAIN') return withPlain(session, message);
  const login = mechanism === 'XOAUTH2' ? parseXoauth2(message) : parseOauthBearer(message);
  return login ? withToken(session, login) : no(FAILED);
}

function withPlain(session: Session, message: string): Outcome {
  const login = parsePlain(message);
  if (!login) return no(FAILED);
  const claim = claimIn(login.user, session.house.settings.admins);
  return withPassword(
    session,
    login.authzid === '' ? claim : { user: claim.user, actAs: login.authzid },
    login.password,
  );
}

function withPassword(session: Session, claim: Claim, password: string): Outcome {
  return session.house.accounts.matches(claim.user, password) ? admit(session, claim) : no(FAILED);
}

/** The refusal of a token comes in two steps: the reason as JSON in a continuation, which the client answers, then NO. */
async function withToken(session: Session, { user, token }: BearerLogin): Promise<Outcome> {
  const { settings } = session.house;
  const verdict = settings.checkToken({ user, token, at: settings.clock.now() });
  if (verdict === 'good') return admit(session, { user, actAs: user });
  const status = { status: verdict === 'expired' ? '401' : '400', schemes: 'bearer', scope: 'https://mail.example/' };
  await session.ask(Buffer.from(JSON.stringify(status)).toString('base64'));
  return no(FAILED);
}

function needsTls(session: Session): Outcome | null {
  if (session.encrypted || session.house.settings.loginNeedsTls === 'no') return null;
  return no('[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.');
}
