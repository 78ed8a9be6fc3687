import { Duplex } from 'node:stream';
import type { Clock } from '../../src/words/clock.js';

/** Milliseconds of the line that move in one go. */
const STEP = 250;

/** A line that carries so many bytes a second, each way, on a clock that may be a night's. It holds next to nothing itself. */
export function slowLine(inner: Duplex, clock: Clock, bytesPerSecond: number): Duplex {
  const size = Math.max(512, Math.floor((bytesPerSecond * STEP) / 1000));
  const gone = new AbortController();
  const carry = async (chunk: Buffer, deliver: (piece: Buffer) => void): Promise<void> => {
    for (let at = 0; at < chunk.length && !gone.signal.aborted; at += size) {
      const piece = chunk.subarray(at, at + size);
      await clock.sleep((piece.length / bytesPerSecond) * 1000, gone.signal);
      if (!gone.signal.aborted) deliver(piece);
    }
  };
  const line = new Duplex({
    highWaterMark: size,
    read: () => inner.resume(),
    write: (chunk: Buffer, _encoding, done) => void carry(chunk, (piece) => inner.write(piece)).then(() => done()),
    final: (done) => {
      inner.end();
      done();
    },
    destroy: (error, done) => {
      gone.abort();
      inner.destroy();
      done(error);
    },
  });
  let coming: Promise<void> = Promise.resolve();
  inner.pause();
  inner.on('data', (chunk: Buffer) => {
    inner.pause();
    coming = coming.then(() => carry(chunk, (piece) => void line.push(piece))).then(() => void inner.resume());
  });
  inner.on('end', () => void coming.then(() => !gone.signal.aborted && line.push(null)));
  inner.on('error', (error) => line.destroy(error));
  inner.on('close', () => void coming.then(() => line.destroy()));
  return line;
}
