import type { Secret } from '../../../engine/imap/session/credentials.js';
import { speaksSmtp } from '../../../engine/notices/channels/notice-url.js';
import { BadInput } from '../../../words/bad-input.js';

/** The server of `[notify] mail`. @throws BadInput */
export function mailServer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !speaksSmtp(url) || url.hostname === '')
    throw new BadInput('smtps://user@host or smtp://user@host is expected');
  if (url.password !== '')
    throw new BadInput('a password does not stand in this file: give password-file or its twins');
  return url;
}

/** A URL that says all that a mail needs. @param password  null: the server wants none */
export function mailUrl(
  server: URL,
  { to, from }: { readonly to: string; readonly from?: string | undefined },
  password: Secret | null,
): string {
  const url = new URL(server);
  url.pathname = '/';
  url.search = '';
  url.searchParams.set('to', to);
  if (from !== undefined) url.searchParams.set('from', from);
  if (password !== null) url.password = encodeURIComponent(password.reveal());
  return url.href;
}
