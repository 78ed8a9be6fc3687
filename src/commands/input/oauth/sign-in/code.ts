import { calculatePKCECodeChallenge, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { Clock } from '../../../../words/clock.js';
import { converse } from '../ask-endpoint.js';
import { keepFrom, type Signing } from './device.js';
import { openLoopback } from './loopback.js';
import type { Person, SignedIn } from './person.js';
import { deniedSignIn, refusedSignIn, TOO_LATE } from './refused-sign-in.js';

/** How long a person has to sign in, in milliseconds. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Signs in by a browser that comes back with a code (RFC 6749 section 4.1) which only we can use (RFC 7636). The browser
 * may stand on another machine: then its last address is pasted here.
 *
 * @param parameters  that this provider wants besides the usual
 */
export async function signInByCode(
  signing: Signing,
  parameters: Readonly<Record<string, string>>,
  person: Person,
  clock: Clock,
): Promise<SignedIn> {
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const isOurs = (address: URL) => address.searchParams.get('state') === state;
  const loopback = await openLoopback(isOurs);
  const over = new AbortController();
  try {
    // Entra takes any port for this host name; others for the address (RFC 8252 section 7.3).
    const host = signing.begin.hostname.startsWith('login.microsoftonline.') ? 'localhost' : '127.0.0.1';
    const redirect = `http://${host}:${loopback.port}/`;
    const page = new URL(signing.begin);
    const query = {
      client_id: signing.clientId,
      response_type: 'code',
      redirect_uri: redirect,
      ...(signing.scope === null ? {} : { scope: signing.scope }),
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
    await person.asked(page.href, null);
    const late = clock.sleep(PATIENCE_MS, over.signal).then(() => null);
    const back = await Promise.race([loopback.cameBack, pastedBy(person, isOurs), late]);
    return back === null ? TOO_LATE : await exchange(back, { signing, redirect, verifier, state }, clock);
  } finally {
    over.abort();
    await loopback.close();
  }
}

const NO_ADDRESS = 'This is not the address at which the browser ended: it begins with http:// and holds "state=".';
/** Its code is not for us: somebody else may have made it (RFC 6749 section 10.12). */
const OF_ANOTHER =
  'This address is of another sign-in: open the page above, and paste the address at which that one ends.';

/** Waits for an address of ours among what is pasted; for ever where none comes. */
async function pastedBy(person: Person, isOurs: (address: URL) => boolean): Promise<URL> {
  for await (const line of person.pasted()) {
    const typed = line.trim();
    if (typed === '') continue;
    const address = URL.canParse(typed) ? new URL(typed) : null;
    if (address && isOurs(address)) return address;
    await person.told(address?.searchParams.has('state') ? OF_ANOTHER : NO_ADDRESS);
  }
  return await new Promise(() => undefined);
}

interface Exchange {
  readonly signing: Signing;
  readonly redirect: string;
  readonly verifier: string;
  readonly state: string;
}

async function exchange(back: URL, { signing, redirect, verifier, state }: Exchange, clock: Clock): Promise<SignedIn> {
  const error = back.searchParams.get('error');
  const description = back.searchParams.get('error_description');
  if (error !== null) return refusedSignIn(signing.begin.host, { status: 200, error, description, aheadMs: null });
  // The address that a browser shows may name another host than the one that was asked for.
  const address = new URL(redirect);
  address.search = back.search;
  const heard = await converse(signing, clock, (client, config) =>
    client.authorizationCodeGrant(config, address, { pkceCodeVerifier: verifier, expectedState: state }),
  );
  if (heard.kind !== 'answered') return deniedSignIn(signing.endpoint.host, heard);
  return await keepFrom(heard.answer, signing);
}
