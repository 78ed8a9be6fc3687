import { connectTcp } from '../../../engine/imap/connection/transport.js';
import {
  type Credential,
  CredentialLater,
  CredentialMissing,
  Secret,
} from '../../../engine/imap/session/credentials.js';
import { hasUidPlus } from '../../../engine/imap/session/has-uidplus.js';
import { whyOutOfReach } from '../../../engine/login/probe.js';
import { readTrust } from '../../../engine/login/read-trust.js';
import { type Look, lookAtMailbox } from '../../../engine/look/look-at-mailbox.js';
import { LARGE } from '../../../engine/look/weigh-mailbox.js';
import { readFailure } from '../../../engine/mailbox/read-failure.js';
import { expectedServer } from '../../../engine/profiles/find.js';
import { sanitise } from '../../../engine/responses/sanitise.js';
import type { Endpoint } from '../../../store/batch/batch.js';
import type { FieldName, RefusedSide, SideTest, TypedSide } from '../../../ui/screens/start/services.js';
import { ANY_BATCH, adviceText } from '../../../words/advice/advice-text.js';
import { adviceAtForm, type TakesTokens } from '../../../words/advice/at-form.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { showDuration } from '../../../words/times.js';
import { plural } from '../../../words/units.js';
import type { Verdict } from '../../../words/verdict.js';
import type { Environment, Timing } from '../../process/io.js';
import { applicationPlace } from '../oauth/applications.js';
import { OAuthTokens } from '../oauth/oauth-tokens.js';
import { openOAuth } from '../oauth/open-oauth.js';
import { plainRow } from '../plan/plain-row.js';
import { readEndpoint } from './endpoint-options.js';
import { OUT_OF_REACH } from './probe-text.js';
import { typedTrust } from './typed-trust.js';
import { untrustedBy } from './untrusted.js';

/** Somebody waits at a form. */
const PATIENCE_MS = 20_000;
const NO_ANSWER = `nothing more was heard within ${showDuration(PATIENCE_MS)}`;

/** Logs in on one side as it was typed, looks, and logs out. Never rejects for what was typed or a server does. */
export async function testSide(
  side: Side,
  typed: TypedSide,
  signal: AbortSignal,
  world: Pick<Environment, 'cwd' | 'home' | 'env'> & Pick<Timing, 'clock'>,
): Promise<SideTest> {
  let endpoint: Endpoint | null = null;
  let at: FieldName = 'password';
  const over = new AbortController();
  const enough = AbortSignal.any([signal, over.signal]);
  void world.clock.sleep(PATIENCE_MS, enough).then(() => over.abort());
  try {
    if (typed.password === '' && typed.application === '') throw new BadInput(`${side}: the password is missing`);
    at = 'trust';
    const flags = typedTrust(typed.trust, world);
    if (typed.trust.trim() === '') at = 'server';
    endpoint = await readEndpoint(
      { side, url: typed.url.trim(), flags, insecurePlaintext: false, userMeans: 'mailbox', asks: 'form' },
      world.cwd,
    );
    const trust = await readTrust(side, endpoint);
    at = 'password';
    const credential = await credentialOf(side, typed, endpoint.user ?? '', world);
    const look = await lookAtMailbox(
      {
        side,
        endpoint,
        trust,
        login: {
          user: endpoint.user ?? '',
          authzid: null,
          credential,
        },
        connect: connectTcp,
        clock: world.clock,
        onNotice: () => undefined,
        signal: enough,
      },
      side === 'source' ? 'sizes' : 'counts',
      enough,
    );
    return found(side, look);
  } catch (error) {
    // The side stands beside it.
    if (error instanceof BadInput)
      return { ok: false, why: sanitise(error.message.replace(`${side}: `, '')), advice: '', at };
    if (error instanceof CredentialMissing || error instanceof CredentialLater) {
      const advice = error instanceof CredentialMissing ? adviceText(error.advice, ANY_BATCH) : '';
      return { ok: false, why: sanitise(error.message), advice, at: 'password' };
    }
    if (over.signal.aborted && !signal.aborted)
      return { ok: false, why: NO_ANSWER, advice: adviceText({ key: 'unreachable' }, ANY_BATCH), at: 'server' };
    return refused(error, endpoint);
  } finally {
    over.abort();
  }
}

/** @throws BadInput, CredentialMissing, CredentialLater  where an application gives no token */
async function credentialOf(
  side: Side,
  { password, application }: TypedSide,
  user: string,
  world: Pick<Environment, 'cwd' | 'home' | 'env'> & Pick<Timing, 'clock'>,
): Promise<Credential> {
  if (application === '') return { kind: 'password', password: new Secret(password) };
  const { source } = await openOAuth(await applicationPlace(application, world), side, world.env);
  return { kind: 'token', token: await new OAuthTokens(world).get(source, side, plainRow(user), false) };
}

/** A fault of the connection is said in a sentence; what a server answered, in its words. */
function refused(error: unknown, endpoint: Endpoint | null): RefusedSide {
  const failure = readFailure(error);
  if (!failure) throw error;
  const untrusted = untrustedBy(error, endpoint?.host ?? '');
  const away = endpoint && !untrusted ? whyOutOfReach(failure.verdict.rule, error, endpoint.security) : null;
  if (away !== null) return { ok: false, why: `the server ${OUT_OF_REACH[away]}`, advice: '', at: 'server' };
  const { advice } = failure.verdict;
  const takes = tokensAt(failure.verdict, endpoint);
  const isForTokens = takes === 'access tokens';
  return {
    ok: false,
    why: sanitise(failure.response),
    advice: adviceAtForm(advice, takes),
    at: untrusted ? 'trust' : failure.command === 'connect' && !isForTokens ? 'server' : 'password',
    ...(untrusted && { untrusted }),
    ...(takes && { takes }),
  };
}

/** Providers that take app passwords and access tokens alike. */
const TAKE_BOTH: ReadonlySet<string> = new Set(['gmail', 'workspace']);

/** The secrets that a server takes after it refused a password: tokens alone, or besides another password; null: nothing more is known. */
export function tokensAt(
  { rule, kind }: Pick<Verdict, 'rule' | 'kind'>,
  endpoint: Pick<Endpoint, 'host' | 'limits'> | null,
): TakesTokens | null {
  if (rule === 'login-not-offered') return 'access tokens';
  if (kind !== 'auth' || endpoint === null) return null;
  const { name } = expectedServer(endpoint);
  if (name === 'm365') return 'access tokens';
  return rule === 'login-method' || (name !== null && TAKE_BOTH.has(name)) ? 'access tokens, too' : null;
}

/** The result of a look: sanitised, with all that an operator should know before the start. */
export function found(side: Side, look: Look): SideTest {
  const notes: string[] = [];
  const { capabilities, folders, messages, size, quota, appendLimit, way, roundTrip } = look;
  if (side === 'destination') {
    if (!hasUidPlus(capabilities))
      notes.push('The destination tells no UIDs (no UIDPLUS): what it stored is read back folder by folder.');
    if (messages > 0)
      notes.push('The destination holds mail already: messages that are there are recognised and not copied again.');
  }
  if (side === 'source' && look.deleted !== null && look.deleted > 0)
    notes.push(
      `The source marks ${plural(look.deleted, 'message')} as \\Deleted: copied with that mark, unless \`nightferry move\` is given --deleted strip (without the mark) or --deleted skip (not at all).`,
    );
  return {
    ok: true,
    software: sanitise(look.software, 80),
    large: look.large && { over: LARGE, sizes: look.large },
    folders: folders.map(({ path, messages: count, size: weight, isUsual }) => ({
      ...{ path, isUsual, shown: sanitise(path, 200), messages: count },
      bytes: weight?.bytes ?? (count === 0 ? 0 : null),
    })),
    ...{ messages, size, quota, appendLimit, way, roundTrip, notes },
  };
}
