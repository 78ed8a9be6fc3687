import type { Duplex } from 'node:stream';
import { KeptSockets } from './kept-sockets.js';

/** How a connection was secured. Only a session that wants the same may go on with it. */
export interface Secured {
  readonly secure: boolean;
  readonly ca: string | null;
  readonly fingerprint: string | null;
}

/** Connections that nobody takes are ended after 10 s. */
const waiting = new KeptSockets<Duplex>(10_000);

const keyOf = (host: string, port: number, { secure, ca, fingerprint }: Secured) =>
  JSON.stringify([host, port, secure, ca, fingerprint]);

/**
 * Keeps a connection whose greeting was read, for the first session to the same place. A server that counts
 * connections, or lets only one in, is then asked once.
 *
 * @param socket  paused; what was read of it stands in it again
 * @param end     ends it politely where nobody comes
 */
export function keepGreeted(host: string, port: number, how: Secured, socket: Duplex, end: () => void): void {
  waiting.keep(keyOf(host, port, how), socket, end);
}

/** Hands over such a connection; null: there is none. */
export function takeGreeted(host: string, port: number, how: Secured): Duplex | null {
  return waiting.take(keyOf(host, port, how));
}
