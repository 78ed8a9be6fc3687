import type { Clock } from '../../../words/clock.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Notice } from '../notice.js';
import type { Channel, Sent } from './channel.js';
import type { NoticeUrl } from './notice-url.js';

const TIME_LIMIT_MS = 30_000;

/** Only who is told by mail waits for it. */
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
    async send(notice, signal) {
      const { createTransport } = await load();
      const to = new URL(url.reveal());
      const transport = createTransport(optionsOf(to));
      const over = new AbortController();
      const late = clock.sleep(TIME_LIMIT_MS, AbortSignal.any([signal, over.signal])).then((): Sent => {
        if (signal.aborted) return { kind: 'cut short' };
        return { kind: 'too late', seconds: TIME_LIMIT_MS / 1000 };
      });
      try {
        return await Promise.race([mail(() => transport.sendMail(letterOf(notice, to))), late]);
      } finally {
        over.abort();
        transport.close();
      }
    },
  };
}

async function mail(send: () => Promise<unknown>): Promise<Sent> {
  try {
    await send();
    return { kind: 'mailed', status: 250 };
  } catch (error) {
    const { responseCode, code, cause } = error as { responseCode?: unknown; code?: unknown; cause?: unknown };
    if (typeof responseCode === 'number') return { kind: 'mailed', status: responseCode };
    const inner = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
    return { kind: 'not reached', code: String(inner ?? code ?? 'unknown error') };
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
