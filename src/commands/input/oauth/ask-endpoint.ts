import type { ClientAuth, Configuration, CustomFetch } from 'openid-client';
import { Secret } from '../../../engine/imap/session/credentials.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Clock } from '../../../words/clock.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Grant } from './grant.js';
import type { Refusal } from './refusals.js';

/** Why nothing was given. */
export type Denied =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It is not known to be the one that was named: no secret was sent. */
  | { readonly kind: 'untrusted'; readonly why: string }
  /** Nothing is wrong with what we asked. `wait` is in seconds, as the endpoint named it; null where it did not. */
  | { readonly kind: 'later'; readonly why: string; readonly wait: number | null };

/** The end of a request for a token. */
export type Answer =
  | { readonly kind: 'granted'; readonly token: Secret /** Null: it was not said. */; readonly seconds: number | null }
  | Denied;

/** An application as its endpoints know it. */
export interface KnownClient {
  /** The token endpoint, and the one that devices begin at. */
  readonly endpoint: URL;
  readonly device?: URL;
  readonly clientId: string;
  readonly auth: ClientAuth;
}

/** Seconds that an endpoint has for its answer. */
const PATIENCE = 30;

type Client = typeof import('openid-client');
const load = loadOnce(() => import('openid-client'));

/**
 * Sends one request. Never throws for what an endpoint or a network does.
 *
 * @throws BadInput  where what must outlive the token cannot be kept
 */
export async function askEndpoint(grant: Grant, clock: Clock): Promise<Answer> {
  const heard = await converse(grant, clock, async (client, config) => {
    const answer = await client.genericGrantRequest(config, grant.type, { ...grant.parameters });
    await grant.keep(answer);
    return answer;
  });
  if (heard.kind !== 'answered') return heard;
  const { access_token: token, expires_in: seconds } = heard.answer;
  return { kind: 'granted', token: new Secret(token), seconds: seconds ?? null };
}

/**
 * Has the library send a request, and reads what an endpoint or a network did to it.
 *
 * @throws BadInput  where `send` does
 */
export async function converse<T>(
  { endpoint, device, clientId, auth }: KnownClient,
  clock: Clock,
  send: (client: Client, config: Configuration) => Promise<T>,
): Promise<{ readonly kind: 'answered'; readonly answer: T } | Denied> {
  const client = await load();
  const server = {
    issuer: endpoint.origin,
    token_endpoint: endpoint.href,
    ...(device && { device_authorization_endpoint: device.href }),
  };
  const config = new client.Configuration(server, clientId, {}, auth);
  // Only on loopback: the settings were read so.
  if ([endpoint, device].some((url) => url?.protocol === 'http:')) client.allowInsecureRequests(config);
  const heard: Heard = { status: null, headers: new Headers() };
  config.timeout = PATIENCE;
  config[client.customFetch] = listening(heard);
  try {
    return { kind: 'answered', answer: await send(client, config) };
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const { status, headers } = heard;
    if (status === null) return unheard(causeOf(error));
    if (status === 429 || status >= 500) return { kind: 'later', why: `HTTP ${status}`, wait: waitOf(headers, clock) };
    const body = error instanceof client.ResponseBodyError ? error : null;
    if (body && PASSING.has(body.error)) return { kind: 'later', why: body.error, wait: waitOf(headers, clock) };
    const refusal = {
      status,
      error: body?.error ?? null,
      description: body?.error_description ?? null,
      aheadMs: aheadOf(headers, clock),
    };
    return { kind: 'refused', refusal };
  }
}

const PASSING: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

interface Heard {
  /** Null: no answer came. */
  status: number | null;
  headers: Headers;
}

/** Notes how the endpoint answered, for the library's errors do not always say. */
function listening(heard: Heard): CustomFetch {
  return async (url, options) => {
    const response = await fetch(url, options as RequestInit);
    heard.status = response.status;
    heard.headers = response.headers;
    const text = await readShort(response);
    const body = response.ok ? withoutIdToken(text) : text;
    return new Response(NO_BODY.has(response.status) ? null : body, {
      status: response.status,
      headers: response.headers,
    });
  };
}

/** We log in by the access token alone. An ID token names an issuer that need not be the endpoint's host, as Google's. */
function withoutIdToken(text: string): string {
  try {
    const { id_token: _, ...rest } = JSON.parse(text);
    return JSON.stringify(rest);
  } catch {
    return text;
  }
}

/** Statuses whose responses have no body (Fetch standard, null body status). */
const NO_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);
/** Bytes of an answer; one with tokens of many claims has some 10 KB. */
const LONGEST_ANSWER = 256 * 1024;

/** The body of an answer; '' for one that is longer than an answer can be, which is not read to its end. */
async function readShort({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > LONGEST_ANSWER) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Retry-After in seconds, or as a date (RFC 9110 section 10.2.3); null where none is usable. */
function waitOf(headers: Headers, clock: Clock): number | null {
  const given = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,7}$/.test(given)) return Number(given);
  const at = Date.parse(given);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - clock.now()) / 1000));
}

/** Milliseconds by which our clock is ahead of the endpoint's; null where it does not say the time. */
function aheadOf(headers: Headers, clock: Clock): number | null {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : clock.now() - at;
}

/** No answer came. Time mends a network, and no certificate. */
function unheard(why: string): Denied {
  const isTrust = /^(?:CERT_|DEPTH_|SELF_|UNABLE_|ERR_TLS_)/.test(why);
  return isTrust ? { kind: 'untrusted', why } : { kind: 'later', why, wait: null };
}

/** The network's own code; an error's words may hold a URL. */
function causeOf(error: unknown): string {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (
      'code' in one &&
      typeof one.code === 'string' &&
      /^(?:E[A-Z]|UND_|CERT_|DEPTH_|SELF_|UNABLE_|ERR_)/.test(one.code)
    )
      return one.code;
    if (one.name === 'TimeoutError') return 'no answer in time';
  }
  return 'no answer';
}
