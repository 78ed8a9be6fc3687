import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BadInput } from '../../../words/bad-input.js';

/** As openssl and mail programs put it in front: `sha256 Fingerprint=`, `SHA256:`. */
const NAME = /^\s*sha-?(?:256|1)\s*(?:fingerprint)?\s*[:=]?\s*/i;

/** Pairs of hex digits in a row or parted, and so many of them that it is no name of a file. */
export function looksLikeFingerprint(text: string): boolean {
  return NAME.test(text) || /^[0-9a-f]{2}(?:[:\s-]?[0-9a-f]{1,2}){15,}$/i.test(text.trim());
}

/** @param called  where it was given, for the message: `--source-fingerprint` @returns SHA-256 fingerprint as upper-case hex without colons */
export function parseFingerprint(text: string, called: string): string {
  const hex = text
    .replace(NAME, '')
    .replace(/[:\s-]/g, '')
    .toUpperCase();
  if (/^[0-9A-F]{64}$/.test(hex)) return hex;
  const why = /^[0-9A-F]{40}$/.test(hex)
    ? 'this is SHA-1; the SHA-256 fingerprint is expected'
    : '64 hex digits (SHA-256) are expected';
  throw new BadInput(`${called}: ${why}`);
}

/** @param called  where it was given, for the message: `--source-ca` @returns absolute path of a readable PEM file that holds a certificate */
export async function checkAuthorityFile(path: string, called: string, cwd: string): Promise<string> {
  const absolute = resolve(cwd, path);
  const text = await readFile(absolute, 'latin1').catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${called}: ${path} cannot be read (${error.code ?? 'unknown error'})`);
  });
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new BadInput(`${called}: ${path} holds no PEM certificate`);
  return absolute;
}
