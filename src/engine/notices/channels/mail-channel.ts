import type { Clock } from '../../../words/clock.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Notice } from '../notice.js';
import type { Channel, Sent } from './channel.js';
import type { NoticeUrl } from './notice-url.js';
import { oneTry } from './one-try.js';

const TIME_LIMIT_MS = 30_000;

/** Loaded with the first mail, so that nobody else waits for it. */
const load = loadOnce(() => import('nodemailer'));

/**
 * Mails each notice. The line is TLS from the start, or STARTTLS that is insisted on; certificates are checked. Nothing of
 * the URL but its host is in what comes back.
 */
export function mailChannel(
  { url, host }: Pick<NoticeUrl, 'url' | 'host'>,
  { clock }: { readonly clock: Clock },
): Channel {
  return {
    name: `mail (${host})`,
    send: (notice, signal) =>
      oneTry({ limit: TIME_LIMIT_MS, clock, signal }, (over) => mail(notice, new URL(url.reveal()), over)),
  };
}

async function mail(notice: Notice, to: URL, over: AbortSignal): Promise<Sent> {
  const { createTransport } = await load();
  over.throwIfAborted();
  const transport = createTransport(optionsOf(to));
  over.addEventListener('abort', () => transport.close(), { once: true });
  try {
    await transport.sendMail(letterOf(notice, to));
    return { kind: 'mailed', status: 250 };
  } catch (error) {
    const { responseCode } = error as { responseCode?: unknown };
    if (typeof responseCode !== 'number') throw error;
    return { kind: 'mailed', status: responseCode };
  }
}

function optionsOf({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: true,
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

function letterOf({ title, text, command }: Notice, { searchParams }: URL) {
  const to = searchParams.get('to') ?? '';
  return {
    to,
    from: searchParams.get('from') ?? to,
    subject: title,
    text: `${text}\n\n${command}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
