import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Security } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';

/** A SOURCE or DESTINATION argument: host, protection, user. */
export interface EndpointUrl {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string | null;
}

/** The meaning of `imap://`: STARTTLS before login, or, only where the operator asked by name, nothing. */
export type ImapScheme = 'starttls' | 'plaintext';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Reads `imaps://user@host[:993]` or `imap://user@host[:143]`. The last `@` ends the user, so an
 * address needs no escapes. No message repeats what was given: a password may stand anywhere in it.
 *
 * @param called  for messages: `source`, or the key of a configuration
 * @throws BadInput
 */
export function parseEndpointUrl(text: string, called: string, imapMeans: ImapScheme): EndpointUrl {
  const refuse = (why: string): never => {
    throw new BadInput(`${called}: ${why}`);
  };
  const [, scheme, rest] = SCHEME.exec(text) ?? refuse('a URL like imaps://user@host is expected');
  const kind = scheme?.toLowerCase();
  if (kind !== 'imaps' && kind !== 'imap') refuse('unknown scheme; use imaps:// (TLS) or imap:// (STARTTLS)');
  const authority = rest ?? '';
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? null : readUser(authority.slice(0, at), refuse);
  const { host, port } = readHost(authority.slice(at + 1), refuse);
  return {
    host,
    port: port ?? (kind === 'imaps' ? 993 : 143),
    security: kind === 'imaps' ? 'tls' : imapMeans,
    user,
  };
}

type Refuse = (why: string) => never;

function readUser(text: string, refuse: Refuse): string {
  if (text === '') refuse('the user before @ is missing');
  if (text.includes(':')) {
    refuse('a password in the URL is refused, ps shows it to everyone; leave it out (a colon in a user is %3A)');
  }
  const user = unescapePercent(text);
  if (CONTROL.test(user)) refuse('the user holds a control character');
  if (user.length > 500) refuse('the user is longer than 500 characters');
  return user;
}

/** Escapes are optional: what is no valid escape of UTF-8 stands for itself (`user%admin`). */
function unescapePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function readHost(text: string, refuse: Refuse): { host: string; port: number | null } {
  if (/[/?#\\]/.test(text.replace(/\/$/, ''))) refuse('a path or query after the host is not understood; leave it out');
  const hostPort = text.replace(/\/$/, '');
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(hostPort);
  if (bracketed) {
    const address = bracketed[1] ?? '';
    if (!isIPv6(address)) refuse('what stands in [ ] is no IPv6 address');
    return { host: address.toLowerCase(), port: readPort(bracketed[2], refuse) };
  }
  const colon = hostPort.indexOf(':');
  if (colon !== hostPort.lastIndexOf(':'))
    refuse('an IPv6 address stands in brackets, like imaps://user@[2001:db8::1]');
  const name = colon === -1 ? hostPort : hostPort.slice(0, colon);
  if (name === '') refuse('the host is missing');
  return { host: readName(name, refuse), port: colon === -1 ? null : readPort(hostPort.slice(colon + 1), refuse) };
}

function readName(name: string, refuse: Refuse): string {
  const ascii = /^[\x21-\x7e]+$/.test(name) ? name.toLowerCase() : domainToASCII(name);
  const wellFormed = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/;
  if (!wellFormed.test(ascii)) refuse('the host is no host name or address');
  if (/^[0-9.]+$/.test(ascii) && !isIPv4(ascii)) refuse('the host is no IPv4 address');
  return ascii;
}

function readPort(text: string | undefined, refuse: Refuse): number | null {
  if (text === undefined) return null;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) refuse('the port is no number from 1 to 65535');
  return port;
}
