import { PassThrough, Writable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { askHidden } from '../../src/commands/process/hidden-prompt.js';
import { OutputClosed } from '../../src/commands/process/io.js';
import { streamOutput } from '../../src/commands/process/output.js';
import { BadInput } from '../../src/words/bad-input.js';
import { Paper } from './an-operator.js';

/** Keys that somebody types, and whether the terminal was left as it was found. */
function aKeyboard(...keys: (string | Buffer)[]): { input: ReadStream; raw: () => boolean[] } {
  const raw: boolean[] = [];
  const stream = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
  for (const key of keys) setImmediate(() => stream.write(key));
  return { input: stream as unknown as ReadStream, raw: () => raw };
}

describe('a hidden prompt', () => {
  it.each([
    ['hunter2', ['hunter2\r']],
    ['key by key', [...'key by key', '\n']],
    ['abd', ['abc\u007f', 'd\r']],
    ['late', ['wrong\u0015late\r']],
    ['pässwörd', [Buffer.from('pässwörd\r').subarray(0, 2), Buffer.from('pässwörd\r').subarray(2)]],
    ['[A', ['\u001b[A\r']],
  ])('takes %j and shows nothing of it', async (password, keys) => {
    const { input, raw } = aKeyboard(...keys);
    const paper = new Paper();
    expect(await askHidden('Password: ', input, paper)).toBe(password);
    expect(paper.text).toBe('Password: \n');
    expect(raw()).toEqual([true, false]);
  });

  it.each(['\u0003', '\u0004'])('is given up by %j, and the terminal is as before', async (key) => {
    const { input, raw } = aKeyboard('secr', key);
    await expect(askHidden('Password: ', input, new Paper())).rejects.toThrow(BadInput);
    expect(raw()).toEqual([true, false]);
  });
});

describe('an output stream', () => {
  const output = (stream: Writable) => streamOutput(stream as unknown as NodeJS.WriteStream);

  it('takes a piece when the system took it', async () => {
    let taken = '';
    let done: () => void = () => undefined;
    const stream = new Writable({
      write(chunk: Buffer, _encoding, callback) {
        done = () => {
          taken += chunk.toString();
          callback();
        };
      },
    });
    const writing = output(stream).write('line\n');
    expect(await Promise.race([writing.then(() => 'written'), Promise.resolve('waits')])).toBe('waits');
    done();
    await writing;
    expect(taken).toBe('line\n');
  });

  it('that nobody reads is closed, not a crash', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, callback) => callback(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
    });
    const one = output(stream);
    await expect(one.write('a')).rejects.toThrow(OutputClosed);
    await expect(one.write('b')).rejects.toThrow(OutputClosed);
  });
});
