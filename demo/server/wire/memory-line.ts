import { Duplex } from 'node:stream';

/** One end of a line in memory: what is written here is read at the other end, in a later turn, with backpressure. */
class LineEnd extends Duplex {
  other: LineEnd | null = null;
  #goOn: (() => void) | null = null;

  override _read(): void {
    const goOn = this.#goOn;
    this.#goOn = null;
    goOn?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // In a later turn: a network never calls back into the writer either.
    setImmediate(() => {
      const { other } = this;
      if (!other || other.destroyed) done(lineLost('EPIPE'));
      else if (other.push(chunk)) done();
      else other.#goOn = done;
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    setImmediate(() => {
      if (this.other && !this.other.destroyed) this.other.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this._read();
    const { other } = this;
    setImmediate(() => {
      if (!other || other.destroyed) return;
      if (!this.writableFinished) other.push(null);
      const waiting = other.writableLength > 0;
      if (waiting) other.destroy(lineLost('ECONNRESET'));
    });
    done(error);
  }
}

function lineLost(code: 'EPIPE' | 'ECONNRESET'): Error {
  return Object.assign(new Error(`${code}: the other end of the line is gone`), { code });
}

export interface MemoryLine {
  readonly client: Duplex;
  readonly server: Duplex;
}

/** A line without a socket. The client's end closes when the server ends it, as sockets do by default. */
export function memoryLine(): MemoryLine {
  const client = new LineEnd({ allowHalfOpen: false });
  const server = new LineEnd({ allowHalfOpen: true });
  client.other = server;
  server.other = client;
  return { client, server };
}
