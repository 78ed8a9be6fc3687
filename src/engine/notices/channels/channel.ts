import type { Notice } from '../notice.js';

/** The outcome of one try to send a notice. */
export type Sent =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'answered'; readonly status: number }
  /** @param status  of SMTP (RFC 5321 section 4.2) */
  | { readonly kind: 'mailed'; readonly status: number }
  /** It was not done in so many seconds. */
  | { readonly kind: 'too late'; readonly seconds: number }
  /** The engine ended before it was done. */
  | { readonly kind: 'cut short' }
  /** @param code  of the system or of Node, never a text: it could hold the URL */
  | { readonly kind: 'not started'; readonly code: string }
  | { readonly kind: 'not reached'; readonly code: string };

/** A way to an operator. */
export interface Channel {
  /** For the log, without any secret: `--notify-url (ntfy.sh)`. */
  readonly name: string;
  /** @param signal  gives up at once; it never rejects */
  send(notice: Notice, signal: AbortSignal): Promise<Sent>;
}

/** The notice was taken. */
export function isTaken(sent: Sent): boolean {
  if (sent.kind === 'exited') return sent.code === 0;
  return (sent.kind === 'answered' || sent.kind === 'mailed') && sent.status >= 200 && sent.status < 300;
}

/** The same may be taken later. A refusal of the request itself stays one (RFC 9110, section 15.5). */
export function mayPass(sent: Sent): boolean {
  if (sent.kind === 'mailed') return sent.status < 500;
  if (sent.kind !== 'answered') return true;
  return sent.status === 408 || sent.status === 429 || sent.status >= 500;
}

export function showSent(sent: Sent): string {
  switch (sent.kind) {
    case 'exited':
      return `exit code ${sent.code}`;
    case 'killed':
      return `ended by ${sent.signal}`;
    case 'answered':
      return sent.status >= 300 && sent.status < 400
        ? `status ${sent.status}, which leads elsewhere: give the URL that it leads to`
        : `status ${sent.status}`;
    case 'mailed':
      return `SMTP ${sent.status}`;
    case 'too late':
      return `not done in ${sent.seconds} s`;
    case 'cut short':
      return 'not done before the engine ended';
    case 'not started':
      return `cannot be started (${sent.code})`;
    case 'not reached':
      return `not reached (${sent.code})`;
  }
}
