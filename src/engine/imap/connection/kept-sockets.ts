import type { Duplex } from 'node:stream';

/** Connections that were opened before their session came, for the first session with the same key. */
export class KeptSockets<S extends Duplex> {
  readonly #waiting = new Map<string, S[]>();

  /** @param milliseconds  that a connection is kept */
  constructor(private readonly milliseconds: number) {}

  /** @param end  ends the connection where nobody took it in time */
  keep(key: string, socket: S, end: () => void): void {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#forget(key, socket));
    setTimeout(() => {
      if (this.#forget(key, socket)) end();
    }, this.milliseconds).unref();
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), socket]);
  }

  /** Hands over a socket that is open or about to be; null: there is none. */
  take(key: string): S | null {
    const sockets = this.#waiting.get(key);
    for (let socket = sockets?.shift(); socket; socket = sockets?.shift()) {
      if (!socket.destroyed && !socket.readableEnded) return socket;
    }
    return null;
  }

  /** @returns whether the socket was still waiting */
  #forget(key: string, socket: S): boolean {
    const sockets = this.#waiting.get(key) ?? [];
    const at = sockets.indexOf(socket);
    if (at >= 0) sockets.splice(at, 1);
    return at >= 0;
  }
}
