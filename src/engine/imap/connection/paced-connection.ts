import { Duplex } from 'node:stream';

/** Says when bytes may move. */
export interface Pace {
  /** The most bytes that may be asked for at a time. */
  readonly piece: number;
  /** Resolves when that many bytes may move, or when the signal aborts. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** A connection that moves its bytes, both ways, as a pace allows. It holds no more than it was given at once. */
export class PacedConnection extends Duplex {
  readonly #gone = new AbortController();
  readonly #over: Promise<void>;
  /** Pieces that wait for the pace. A silence meanwhile is our own. */
  #waiting = 0;
  #coming: Promise<void> = Promise.resolve();
  #isComing = false;
  /** Whether the reader has room for more. */
  #isWanted = false;

  constructor(
    private readonly inner: Duplex,
    private readonly pace: Pace,
  ) {
    super();
    const { signal } = this.#gone;
    this.#over = new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    inner.pause();
    inner.on('data', (chunk: Buffer) => {
      inner.pause();
      this.#isComing = true;
      this.#coming = this.#coming.then(() => this.#comes(chunk));
    });
    const afterwards = (then: () => void) => void this.#coming.then(() => !this.#gone.signal.aborted && then());
    inner.on('end', () => afterwards(() => this.push(null)));
    inner.on('error', (error) => this.destroy(error));
    inner.on('close', () => afterwards(() => this.destroy()));
  }

  get isWaiting(): boolean {
    return this.#waiting > 0;
  }

  override _read(): void {
    this.#isWanted = true;
    if (!this.#isComing) this.inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const drained: Promise<void>[] = [];
    void this.#carry(chunk, (piece) => {
      if (!this.inner.write(piece)) drained.push(new Promise((resolve) => this.inner.once('drain', resolve)));
    })
      .then(() => Promise.race([Promise.all(drained), this.#over]))
      .then(() => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.inner.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#gone.abort();
    this.inner.destroy();
    done(error);
  }

  async #comes(chunk: Buffer): Promise<void> {
    await this.#carry(chunk, (piece) => {
      this.#isWanted = this.push(piece);
    });
    this.#isComing = false;
    if (this.#isWanted && !this.#gone.signal.aborted) this.inner.resume();
  }

  async #carry(chunk: Buffer, deliver: (piece: Buffer) => void): Promise<void> {
    const { signal } = this.#gone;
    this.#waiting++;
    for (let at = 0; at < chunk.length && !signal.aborted; ) {
      const piece = chunk.subarray(at, at + Math.min(chunk.length, this.pace.piece));
      await this.pace.take(piece.length, signal);
      if (!signal.aborted) deliver(piece);
      at += piece.length;
    }
    this.#waiting--;
  }
}
