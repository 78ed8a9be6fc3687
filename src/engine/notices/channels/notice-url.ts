import type { NoticeShape } from '../../../words/notice-shape.js';
import { Secret } from '../../imap/session/credentials.js';

/** Where notices are posted. All of the URL but its host is a secret: topics and hooks are passwords. */
export interface NoticeUrl {
  readonly url: Secret;
  readonly host: string;
  readonly shape: NoticeShape;
}

/** A topic of ntfy. */
const TOPIC = /^[-_A-Za-z0-9]{1,64}$/;

export type ReadUrl = { readonly ok: true; readonly url: NoticeUrl } | { readonly ok: false; readonly why: string };

/**
 * @param shape  null: by the host
 * @returns why it cannot be used, in words that repeat nothing of it
 */
export function readNoticeUrl(text: string, shape: NoticeShape | null): ReadUrl {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && !isDecodable(url)) return { ok: false, why: 'a % in its user or password is written as %25' };
  if (url !== null && (speaksSmtp(url) || shape === 'mail')) return readMail(url, shape);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.host === '')
    return { ok: false, why: 'https://host/... is expected' };
  const chosen = shape ?? shapeFor(url.hostname);
  if (chosen === 'ntfy' && !TOPIC.test(splitTopic(url).topic))
    return { ok: false, why: 'for ntfy the URL ends in a topic, like https://ntfy.sh/topic' };
  return { ok: true, url: { url: new Secret(url.href), host: url.host, shape: chosen } };
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    return true;
  } catch {
    return false;
  }
}

/** Whether a URL is of a mail server: TLS from the start, or STARTTLS. */
export function speaksSmtp({ protocol }: URL): boolean {
  return protocol === 'smtps:' || protocol === 'smtp:';
}

/** `smtps://user:password@host/?to=ops@example.org`, or `smtp:` with STARTTLS. */
function readMail(url: URL, shape: NoticeShape | null): ReadUrl {
  if (!speaksSmtp(url) || url.hostname === '' || (shape !== null && shape !== 'mail'))
    return { ok: false, why: 'for mail smtps://host/?to=... is expected' };
  const addresses = ['to', 'from'].flatMap((key) => url.searchParams.getAll(key));
  if (!url.searchParams.has('to') || !addresses.every((one) => ADDRESS.test(one)))
    return { ok: false, why: 'for mail the URL ends in ?to= and an address' };
  return { ok: true, url: { url: new Secret(url.href), host: url.host, shape: 'mail' } };
}

/** Matches one address. A list of them, or a header, does not match. */
const ADDRESS = /^[^\s@,;:<>"()]+@[^\s@,;:<>"()]+$/;

function shapeFor(host: string): NoticeShape {
  if (host === 'hooks.slack.com' || host === 'hooks.slack-gov.com') return 'slack';
  return host === 'ntfy.sh' || host.startsWith('ntfy.') || host.endsWith('.ntfy.sh') ? 'ntfy' : 'json';
}

/** ntfy takes JSON at the address above its topics, and the topic within (docs.ntfy.sh, "Publish as JSON"). */
export function splitTopic(url: URL): { readonly base: URL; readonly topic: string } {
  const path = url.pathname.replace(/\/+$/, '');
  const at = path.lastIndexOf('/') + 1;
  const base = new URL(url);
  base.pathname = path.slice(0, at);
  return { base, topic: path.slice(at) };
}
