import type { Duplex } from 'node:stream';

/** Milliseconds after which a connection that nobody took is ended. */
const KEPT = 10_000;

/** The rule by which a connection was secured; only a session with the same rule may go on with it. */
export interface Secured {
  readonly secure: boolean;
  readonly ca: string | null;
  readonly fingerprint: string | null;
}

const waiting = new Map<string, Duplex[]>();

const keyOf = (host: string, port: number, { secure, ca, fingerprint }: Secured) =>
  JSON.stringify([host, port, secure, ca, fingerprint]);

/**
 * Keeps a connection on which a server was greeted by, for the first session that goes to the same place: a server
 * that counts connections, or lets only one in, is asked once.
 *
 * @param socket  paused; what was read of it stands in it again
 * @param end     ends it politely where nobody comes
 */
export function keepGreeted(host: string, port: number, how: Secured, socket: Duplex, end: () => void): void {
  const key = keyOf(host, port, how);
  const forget = () => {
    const sockets = waiting.get(key) ?? [];
    const at = sockets.indexOf(socket);
    if (at >= 0) sockets.splice(at, 1);
    return at >= 0;
  };
  socket.once('close', forget);
  socket.on('error', () => socket.destroy());
  setTimeout(() => {
    if (forget()) end();
  }, KEPT).unref();
  waiting.set(key, [...(waiting.get(key) ?? []), socket]);
}

/** Such a connection, which is the caller's then; null: there is none. */
export function takeGreeted(host: string, port: number, how: Secured): Duplex | null {
  const sockets = waiting.get(keyOf(host, port, how));
  for (let socket = sockets?.shift(); socket; socket = sockets?.shift()) {
    if (!socket.destroyed && !socket.readableEnded) return socket;
  }
  return null;
}
