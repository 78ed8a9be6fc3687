import { connect, type Socket } from 'node:net';
import { KeptSockets } from './kept-sockets.js';

/** A socket that nobody took is closed after 15 s. */
const waiting = new KeptSockets<Socket>(15_000);

const keyOf = (host: string, port: number) => JSON.stringify([host, port]);

/**
 * Begins to connect while the program is still being loaded: a quick move of one mailbox over 80 ms
 * of round trip takes 1.6 s, and a tenth of that is this. What fails here is tried and told again by
 * whoever dials.
 */
export function warmUp(host: string, port: number, count: number): void {
  for (let begun = 0; begun < count; begun++) {
    const socket = connect({ host, port, noDelay: true });
    waiting.keep(keyOf(host, port), socket, () => socket.destroy());
  }
}

/** A socket that is connected or about to be, or null; it is the caller's then. */
export function takeWarm(host: string, port: number): Socket | null {
  return waiting.take(keyOf(host, port));
}
