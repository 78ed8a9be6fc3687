import type { Random } from '../../src/words/clock.js';
import { pick, seeded } from './seeded.js';

const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua mailbox server folder message invoice meeting report weekly'.split(
    ' ',
  );
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LINE = 78;

export function word(random: Random): string {
  return WORDS[pick(random, WORDS.length)] ?? '';
}

/** About `length` bytes of words in lines under 78 characters. */
export function prose(random: Random, length: number): string {
  let text = '';
  let line = '';
  while (text.length + line.length < length) {
    line += (line === '' ? '' : ' ') + word(random);
    if (line.length > 68) {
      text += `${line}\r\n`;
      line = '';
    }
  }
  return `${text}${line}\r\n`;
}

let noise: Buffer | null = null;

/** `length` bytes that look like base64, cut at random places out of 4 MB made once. */
export function attachment(random: Random, length: number): Buffer {
  noise ??= makeNoise();
  const pieces: Buffer[] = [];
  for (let left = length; left > 0; ) {
    const from = LINE * pick(random, noise.length / LINE - 1);
    const piece = noise.subarray(from, from + Math.min(left, noise.length - from, 1 << 20));
    pieces.push(piece);
    left -= piece.length;
  }
  return Buffer.concat(pieces);
}

function makeNoise(): Buffer {
  const random = seeded(77);
  const bytes = Buffer.alloc(LINE * 53_773);
  for (let at = 0; at < bytes.length; at++) {
    const column = at % LINE;
    bytes[at] = column === LINE - 2 ? 13 : column === LINE - 1 ? 10 : BASE64.charCodeAt(pick(random, 64));
  }
  return bytes;
}
