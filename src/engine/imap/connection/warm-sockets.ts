import { connect, type Socket } from 'node:net';
import { KeptSockets } from './kept-sockets.js';

/** Sockets that nobody takes are closed after 15 s. */
const waiting = new KeptSockets<Socket>(15_000);

const keyOf = (host: string, port: number) => JSON.stringify([host, port]);

/**
 * Begins to connect while the program is still being loaded. A quick move of one mailbox at 80 ms of round trip takes
 * 1.6 s, and this saves a tenth of it. A failure here is tried again, and told, by the session that connects.
 */
export function warmUp(host: string, port: number, count: number): void {
  for (let begun = 0; begun < count; begun++) {
    const socket = connect({ host, port, noDelay: true });
    waiting.keep(keyOf(host, port), socket, () => socket.destroy());
  }
}

/** Hands over a socket that is connected or about to be; null: there is none. */
export function takeWarm(host: string, port: number): Socket | null {
  return waiting.take(keyOf(host, port));
}
