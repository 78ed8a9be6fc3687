import { BadInput } from '../../words/bad-input.js';

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * Bytes as operators write them: `35651584`, `35M`, `1.5G` (k, M and G are powers of 1024).
 *
 * @param option  for the message, e.g. `--max-size`
 * @returns whole bytes, at least 1
 */
export function parseSize(text: string, option: string): number {
  const [, digits, unit] = /^([0-9]{1,15}(?:\.[0-9]{1,3})?)\s?([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(digits) * (FACTORS[(unit ?? '').toLowerCase()] ?? Number.NaN));
  if (!Number.isSafeInteger(bytes) || bytes < 1) {
    throw new BadInput(`${option}: a number of bytes is expected, like 35651584, 500k, 35M or 1G`);
  }
  return bytes;
}
