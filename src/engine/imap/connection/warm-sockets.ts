import { connect, type Socket } from 'node:net';

/** Milliseconds after which a socket that nobody took is closed. */
const KEPT = 15_000;

const waiting = new Map<string, Socket[]>();

/**
 * Begins to connect while the program is still being loaded: a quick move of one mailbox over 80 ms
 * of round trip takes 1.6 s, and a tenth of that is this. What fails here is tried and told again by
 * whoever dials.
 */
export function warmUp(host: string, port: number, count: number): void {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host, port, noDelay: true });
    socket.on('error', () => socket.destroy());
    setTimeout(() => forget(socket, host, port), KEPT).unref();
    return socket;
  });
  const key = `${host} ${port}`;
  waiting.set(key, [...(waiting.get(key) ?? []), ...sockets]);
}

/** A socket that is connected or about to be, or null; it is the caller's then. */
export function takeWarm(host: string, port: number): Socket | null {
  const sockets = waiting.get(`${host} ${port}`);
  for (let socket = sockets?.shift(); socket; socket = sockets?.shift()) {
    if (!socket.destroyed && !socket.readableEnded) return socket;
  }
  return null;
}

function forget(socket: Socket, host: string, port: number): void {
  const sockets = waiting.get(`${host} ${port}`);
  const at = sockets?.indexOf(socket) ?? -1;
  if (at < 0) return;
  sockets?.splice(at, 1);
  socket.destroy();
}
