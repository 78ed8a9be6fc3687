import { constants, open as openFile, write } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock } from '../../words/clock.js';
import { type Output, OutputClosed } from './io.js';

/** Milliseconds after which a terminal that takes nothing is tried again. */
const AGAIN_MS = 50;

const openFd = promisify(openFile);

/** A pipe, a file or a terminal: a write resolves when the system took it. */
export function streamOutput(stream: NodeJS.WriteStream): Output {
  let closed = false;
  // EPIPE comes as an event as well; unheard it would end the program.
  stream.on('error', () => {
    closed = true;
  });
  return {
    isTerminal: stream.isTTY === true,
    width: stream.isTTY === true ? stream.columns : null,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new OutputClosed('nobody reads the output'));
        stream.write(text, (error) => (error ? reject(new OutputClosed(error.message)) : resolve()));
      }),
  };
}

/**
 * A terminal, opened anew without blocking. Node writes to terminals synchronously: a stalled SSH link
 * would stop the whole engine with its first full buffer.
 *
 * @param width  its columns
 * @returns null where there is no controlling terminal
 */
export async function terminalOutput(clock: Clock, width: number): Promise<Output | null> {
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const fd = await openFd('/dev/tty', flags).catch(() => null);
  if (fd === null) return null;
  return {
    isTerminal: true,
    width,
    async write(text) {
      let rest = Buffer.from(text);
      while (rest.length > 0) {
        const taken = await tryWrite(fd, rest);
        rest = rest.subarray(taken);
        if (rest.length > 0 && taken === 0) await clock.sleep(AGAIN_MS);
      }
    },
  };
}

function tryWrite(fd: number, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.length, null, (error, written) => {
      if (!error) return resolve(written);
      if (error.code === 'EAGAIN') return resolve(0);
      reject(new OutputClosed(error.message));
    });
  });
}
