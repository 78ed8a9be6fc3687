import type { Duplex } from 'node:stream';

/**
 * Milliseconds that one connection may take of the event loop before the others have their turn. Bytes are no measure:
 * libuv reads at most 2 MB at a time, and a body costs next to nothing while a flood of small rows does.
 */
const MS_A_TURN = 8;

/**
 * Reads a connection in turns. When its bytes have taken that long, it is paused until all others were looked at. It is
 * also paused while memory has no room for what comes.
 */
export class ReadingTurns {
  #spent = 0;
  #isTurnOver = false;
  #holds = 0;

  constructor(private readonly socket: Duplex) {}

  /** Whether it is not read for want of room, so that its silence is our own. */
  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** @param ms what it took to read some bytes, and to do what followed from them at once */
  spend(ms: number): void {
    this.#spent += ms;
    if (this.#isTurnOver || this.#spent < MS_A_TURN) return;
    this.#isTurnOver = true;
    this.socket.pause();
    setImmediate(() => {
      this.#isTurnOver = false;
      this.#spent = 0;
      this.#goOn();
    });
  }

  /** Stops reading until there is room. @param onRoom called then */
  hold(room: Promise<unknown>, onRoom: () => void): void {
    this.#holds++;
    this.socket.pause();
    const done = () => {
      this.#holds--;
      onRoom();
      this.#goOn();
    };
    room.then(done, done);
  }

  #goOn(): void {
    if (this.#holds === 0 && !this.#isTurnOver && !this.socket.destroyed) this.socket.resume();
  }
}
