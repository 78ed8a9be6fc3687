import type { Clock } from '../../../words/clock.js';
import type { Channel, Sent } from './channel.js';
import { mailChannel } from './mail-channel.js';
import type { NoticeUrl } from './notice-url.js';
import { oneTry } from './one-try.js';
import { postFor } from './shapes.js';

const TIME_LIMIT_MS = 10_000;
const MOST_REDIRECTS = 3;

export interface UrlWorld {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** Version of this program. */
  readonly version: string;
}

/** Posts each notice as JSON. Nothing of the URL but its host is in what comes back, nor in any error. */
export function urlChannel(given: NoticeUrl, world: UrlWorld): Channel {
  const { url, host, shape } = given;
  if (shape === 'mail') return mailChannel(given, world);
  return {
    name: `--notify-url (${host})`,
    send: (notice, signal) =>
      oneTry({ limit: TIME_LIMIT_MS, clock: world.clock, signal }, async (over) => {
        const { to, body } = postFor(notice, new URL(url.reveal()), shape);
        return await post(to, body, over, world);
      }),
  };
}

async function post(to: URL, body: string, signal: AbortSignal, { fetch, version }: UrlWorld): Promise<Sent> {
  let target = to;
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(withoutUser(target), {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': `nightferry/${version}`,
        ...authorizationOf(to),
      },
      body,
      signal,
      redirect: 'manual',
    });
    await response.body?.cancel();
    const next = redirects < MOST_REDIRECTS ? followed(response, target) : null;
    if (next === null) return { kind: 'answered', status: response.status };
    target = next;
  }
}

/** 307 and 308 ask for the same POST elsewhere (RFC 9110, sections 15.4.8 and 15.4.9): it is sent to no other host. */
function followed({ status, headers }: Response, from: URL): URL | null {
  const location = headers.get('location');
  if ((status !== 307 && status !== 308) || location === null || !URL.canParse(location, from.href)) return null;
  const to = new URL(location, from.href);
  return to.host === from.host && to.protocol === from.protocol ? to : null;
}

/** fetch refuses a URL with a user in it. */
function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
