import { NotTrusted } from '../../../engine/imap/connection/transport.js';
import { LoginFailed } from '../../../engine/imap/session/login-failed.js';
import type { Untrusted } from '../../../ui/screens/start/services.js';
import { whyUntrusted } from '../../../words/untrusted.js';

/** @returns what the server showed, where that is why nobody logged in and the operator may vouch for it */
export function untrustedBy(error: unknown, host: string): Untrusted | null {
  const cause = error instanceof LoginFailed ? error.cause : null;
  if (!(cause instanceof NotTrusted)) return null;
  const why = whyUntrusted(cause.code);
  return why === null ? null : { host, why, certificate: cause.certificate };
}
