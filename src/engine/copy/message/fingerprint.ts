import { createHash } from 'node:crypto';
import type { Literal } from '../../imap/grammar/response-reader.js';

/** Two digests by which messages are compared. */
export interface Fingerprint {
  /** Digest of the bytes as they are. */
  readonly exact: string;
  /** Digest of the bytes after known rewrites of servers are undone. */
  readonly canonical: string;
}

const LF = 10;
const CR = 13;
const X = 88;
const HIGH = 0x80;

/**
 * Headers that servers and other tools add on arrival. Those of the last line hold flags and UIDs in mbox files: some
 * servers give them with the message (GNU Mailutils), others take out those that came with it (Dovecot).
 */
const ADDED = new RegExp(
  `^(?:${[
    'x-tuid|x-offlineimap|x-ms-exchange-[a-z0-9-]+|x-microsoft-antispam[a-z0-9-]*',
    'x-imap|x-imapbase|x-uid|status|x-status|x-keywords|content-length',
  ].join('|')}):`,
  'i',
);

/** SHA-256 of a message as it is, and with known rewrites undone. */
export function fingerprint(body: Literal): Fingerprint {
  const exact = createHash('sha256');
  for (const slice of body.slices) exact.update(slice);
  return {
    exact: exact.digest('base64'),
    canonical: canonicalPrint(canonicalBytes(body)),
  };
}

/** SHA-256 of bytes that {@link canonicalBytes} made. */
export function canonicalPrint(canonical: Buffer): string {
  return createHash('sha256').update(canonical).digest('base64');
}

/**
 * The message with known rewrites undone, so that both forms of a rewritten one come out equal:
 * line ends as LF (Dovecot and Cyrus make CRLF of bare LF), NUL as 0x80 (Dovecot), 8-bit and NUL
 * in headers as `X` (Cyrus), headers that servers add left out (Exchange), white space in headers as one space, none
 * at the end of a line, and no folding (GNU Mailutils), no line ends at the end.
 */
export function canonicalBytes(body: Literal): Buffer {
  const bytes = unifyLineEnds(body);
  const endOfHead = headEnd(bytes);
  for (let i = 0; i < endOfHead; i++) if (bytes[i]! >= HIGH || bytes[i] === 0) bytes[i] = X;
  for (let i = endOfHead; i < bytes.length; i++) if (bytes[i] === 0) bytes[i] = HIGH;
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end--;
  const head = withOneSpace(withoutAdded(bytes.toString('latin1', 0, Math.min(endOfHead, end))));
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes.subarray(Math.min(endOfHead, end), end)]);
}

function unifyLineEnds(body: Literal): Buffer {
  const bytes = Buffer.concat(body.slices as Buffer[]);
  let to = 0;
  for (let from = 0; from < bytes.length; from++) {
    if (bytes[from] === CR && bytes[from + 1] === LF) continue;
    bytes[to++] = bytes[from]!;
  }
  return bytes.subarray(0, to);
}

/** Offset at which the headers end: at the first empty line, or at the end of the message. */
function headEnd(bytes: Buffer): number {
  if (bytes[0] === LF) return 0;
  const blank = bytes.indexOf('\n\n');
  return blank < 0 ? bytes.length : blank + 1;
}

/** Folds white space: `X-Empty:` and `X-Empty: ` mean the same, and so do a tab and a space (RFC 5322 section 2.2). */
function withOneSpace(head: string): string {
  return head
    .replace(/\n[ \t]+/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/^([^\n:]*?) ?: ?/gm, '$1: ')
    .replace(/ +$/gm, '');
}

function withoutAdded(head: string): string {
  if (!/^(?:x-|status:|content-length:)/im.test(head)) return head;
  const kept: string[] = [];
  let dropping = false;
  for (const line of head.split('\n')) {
    if (!/^[ \t]/.test(line)) dropping = ADDED.test(line);
    if (!dropping) kept.push(line);
  }
  return kept.join('\n');
}
