import type { Random } from '../../src/words/clock.js';
import { attachment, prose, word } from './corpus-body.js';
import { headerDate, type Zone } from './corpus-dates.js';
import { pick } from './seeded.js';

/** The oddity of a message. */
export type Kind =
  | 'plain'
  | 'exact-duplicate'
  | 'same-message-id'
  | 'no-message-id'
  | 'sparse-header'
  | 'header-only'
  | 'mbox-from-line'
  | 'eight-bit-header'
  | 'eight-bit-body'
  | 'long-header'
  | 'long-line'
  | 'no-final-newline'
  | 'bare-lf'
  | 'nul';

export interface RawParts {
  readonly index: number;
  readonly kind: Kind;
  readonly messageId: string;
  readonly size: number;
  readonly instant: number;
  readonly zone: Zone;
}

/** A message above this many bytes is one with an attachment. */
const WITH_ATTACHMENT = 20_000;

/** The bytes of one message. 8-bit text is Latin-1 on the wire. */
export function writeMessage(random: Random, parts: RawParts): Buffer {
  const big = parts.size > WITH_ATTACHMENT;
  const boundary = `b${parts.index}=_x`;
  const type = big
    ? `multipart/mixed; boundary="${boundary}"`
    : `text/plain; charset=${parts.kind === 'eight-bit-body' ? 'iso-8859-1' : 'us-ascii'}`;
  const lines = [...headerLines(random, parts), 'MIME-Version: 1.0', `Content-Type: ${type}`];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
  if (parts.kind === 'header-only') return head;
  const room = Math.max(20, parts.size - head.length);
  const body = big ? multipart(random, boundary, parts.index, room) : Buffer.from(prose(random, room));
  return bent(parts.kind, Buffer.concat([head, Buffer.from('\r\n'), body]));
}

function headerLines(random: Random, { index, kind, messageId, instant, zone }: RawParts): string[] {
  const from = `From: "Sender ${index % 50}" <sender${index % 50}@example.org>`;
  if (kind === 'sparse-header') return [from];
  const encoded = Buffer.from(`Übersicht über Nr. ${index}`).toString('base64');
  const lines = [
    `Return-Path: <sender${index % 50}@example.org>`,
    `Received: from mx${index % 7}.example.org (mx.example.org [192.0.2.${index % 250}])\r\n\tby mail.example.com with ESMTPS id ${(index * 7919).toString(36)}\r\n\tfor <user@example.com>; ${headerDate(instant, zone)}`,
    from,
    'To: User <user@example.com>',
    `Subject: ${random() < 0.3 ? `=?UTF-8?B?${encoded}?=` : `Message ${index} ${word(random)}`}`,
    `Date: ${headerDate(instant + skew(random), zone)}`,
  ];
  if (kind !== 'no-message-id') lines.push(`${index % 5 === 0 ? 'Message-Id' : 'Message-ID'}: ${messageId}`);
  if (kind === 'mbox-from-line') lines.unshift('From someone@example Mon Jan  1 00:00:00 2018');
  if (kind === 'eight-bit-header') lines.push('X-Eight: café üö');
  if (kind === 'long-header') {
    const references = Array.from({ length: 30 }, (_, at) => `<ref${at}.${index}@example.org>`);
    lines.push('X-Empty:', 'X-Tab:\tvalue', `X-Long: ${'x'.repeat(1500)}`, `References: ${references.join('\r\n ')}`);
  }
  return lines;
}

/** One in twenty says another Date than the server's, by days. */
function skew(random: Random): number {
  return random() < 0.05 ? (pick(random, 10 * 86_400) - 5 * 86_400) * 1000 : 0;
}

function multipart(random: Random, boundary: string, index: number, room: number): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Type: text/plain\r\n\r\n${prose(random, 800)}\r\n--${boundary}\r\n` +
        `Content-Type: application/octet-stream; name="f${index}.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
    ),
    attachment(random, Math.max(100, room - 1200)),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

function bent(kind: Kind, raw: Buffer): Buffer {
  switch (kind) {
    case 'eight-bit-body':
      return Buffer.concat([raw, Buffer.from('Grüße aus Köln ©®\r\n', 'latin1')]);
    case 'long-line':
      return Buffer.concat([raw, Buffer.from(`${'y'.repeat(2000)}\r\n`)]);
    case 'no-final-newline':
      return Buffer.concat([raw, Buffer.from('no newline at the end')]);
    case 'bare-lf':
      return Buffer.concat([raw, Buffer.from('a line\nwith bare\nline feeds\r\n')]);
    case 'nul':
      return Buffer.concat([raw, Buffer.from('a NUL \0 in the middle\r\n')]);
    default:
      return raw;
  }
}
