import { createHash } from 'node:crypto';
import { RawImap, type RawTarget } from '../../bench/lab/raw-imap.js';

/** Puts letters into INBOX, as a user or a stranger does. @returns SHA-256 of each, as comparisons have it */
export async function post(target: RawTarget, name: string, count: number): Promise<string[]> {
  const client = await RawImap.connect(target);
  const hashes: string[] = [];
  try {
    for (let at = 0; at < count; at++) {
      const head = `From: ${name}@visitor.example\r\nSubject: ${name} ${at}\r\nMessage-ID: <${name}.${at}@visitor.example>`;
      const raw = Buffer.from(`${head}\r\n\r\nLetter ${at} of ${name}\r\n`);
      const reply = await client.append('INBOX', ['\\Seen'], '01-Feb-2024 08:00:00 +0000', raw);
      if (reply.status !== 'OK') throw new Error(`a visitor's letter was refused: ${reply.line}`);
      hashes.push(createHash('sha256').update(raw).digest('base64'));
    }
  } finally {
    await client.logout();
  }
  return hashes;
}
