import type { Duplex } from 'node:stream';

/** What one connection may take of the event loop before the others have their turn. */
const BYTES_A_TURN = 512 * 1024;
const MS_A_TURN = 8;

/**
 * Reads a connection in turns: after so many bytes, or so much time spent on them, it is paused until all
 * others were looked at. Also pauses it while there is no room in memory for what comes.
 */
export class ReadingTurns {
  #bytes = 0;
  #spent = 0;
  #isTurnOver = false;
  #holds = 0;

  constructor(private readonly socket: Duplex) {}

  /** It is not read for want of room: its silence is ours. */
  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** @param ms what it took to read these bytes */
  spend(bytes: number, ms: number): void {
    this.#bytes += bytes;
    this.#spent += ms;
    if (this.#isTurnOver || (this.#bytes < BYTES_A_TURN && this.#spent < MS_A_TURN)) return;
    this.#isTurnOver = true;
    this.socket.pause();
    setImmediate(() => {
      this.#isTurnOver = false;
      this.#bytes = 0;
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
