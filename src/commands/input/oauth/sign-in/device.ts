import type { ClientAuth, TokenEndpointResponse } from 'openid-client';
import { Secret } from '../../../../engine/imap/session/credentials.js';
import { BadInput } from '../../../../words/bad-input.js';
import type { Clock } from '../../../../words/clock.js';
import { converse, type KnownClient } from '../ask-endpoint.js';
import type { Person, SignedIn } from './person.js';
import { deniedSignIn, NO_REFRESH_TOKEN, TOO_LATE } from './refused-sign-in.js';

/** An application, and what it asks a person for. */
export interface Signing {
  readonly endpoint: URL;
  /** Where the sign-in begins. */
  readonly begin: URL;
  readonly clientId: string;
  readonly auth: ClientAuth;
  readonly scope: string | null;
  /** @throws BadInput  where it cannot be kept */
  keep(refreshToken: Secret): Promise<void>;
}

/** Seconds between two questions where the endpoint names none, and what is added when that is too often (RFC 8628 section 3.5). */
const INTERVAL = 5;
const SLOWER = 5;
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** Signs in by a code that a person types on any device (RFC 8628). */
export async function signInByDevice(signing: Signing, person: Person, clock: Clock): Promise<SignedIn> {
  const { begin, scope } = signing;
  const known: KnownClient = { ...signing, device: begin };
  const started = await converse(known, clock, (client, config) =>
    client.initiateDeviceAuthorization(config, scope === null ? {} : { scope }),
  );
  if (started.kind !== 'answered') return deniedSignIn(begin.host, started);
  const { device_code: deviceCode, user_code: code, expires_in: seconds, interval = INTERVAL } = started.answer;
  const until = clock.monotonic() + seconds * 1000;
  await person.asked(pageOf(started.answer.verification_uri), code);
  for (let wait = interval; ; ) {
    await clock.sleep(wait * 1000);
    if (clock.monotonic() >= until) return TOO_LATE;
    const heard = await converse(known, clock, (client, config) =>
      client.genericGrantRequest(config, GRANT, { device_code: deviceCode }),
    );
    if (heard.kind === 'answered') return await keepFrom(heard.answer, signing);
    if (heard.kind === 'refused' && heard.refusal.error === 'authorization_pending') continue;
    if (heard.kind !== 'later') return deniedSignIn(signing.endpoint.host, heard);
    // Too often, or out of reach for a moment: the code is good still.
    wait = heard.wait ?? wait + SLOWER;
  }
}

/** @throws BadInput  where the page is none that may be opened */
function pageOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1')) return url.href;
  throw new BadInput('the endpoint named no https page to sign in at');
}

/** @throws BadInput  where the token cannot be written */
export async function keepFrom({ refresh_token: token }: TokenEndpointResponse, signing: Signing): Promise<SignedIn> {
  if (token === undefined || token === '') return NO_REFRESH_TOKEN;
  await signing.keep(new Secret(token));
  return { ok: true };
}
