import type { OddMessage } from './mail.js';

/** How a FETCH row differs from what the message is. */
export interface RowChange {
  /** Sequence number. */
  readonly number?: number;
  /** `none`: the row has no UID. */
  readonly uid?: number | 'none';
  /** With its parentheses; `none`: not given. */
  readonly flags?: string;
  /** As it is on the wire, with its quotes; `none`: not given. */
  readonly date?: string;
  readonly size?: number | string;
  readonly raw?: Buffer;
  /** Instead of the literal with the body, e.g. `NIL`. */
  readonly body?: string;
  /** So many bytes are announced more than come. */
  readonly short?: number;
  /** Behind the body. */
  readonly tail?: string;
  /** Instead of the parenthesis and the CRLF at the end. */
  readonly end?: string;
}

/** The row with all that `args` ask for. */
export function fetchRow(args: string, message: OddMessage, number: number, change: RowChange): Buffer {
  const asked = args.toUpperCase();
  const raw = change.raw ?? message.raw;
  const parts: (string | Buffer)[] = [];
  if (change.uid !== 'none') parts.push(`UID ${change.uid ?? message.uid}`);
  if (asked.includes('FLAGS') && change.flags !== 'none')
    parts.push(` FLAGS ${change.flags ?? `(${message.flags.join(' ')})`}`);
  if (asked.includes('INTERNALDATE') && change.date !== 'none')
    parts.push(` INTERNALDATE ${change.date ?? `"${message.date}"`}`);
  if (asked.includes('RFC822.SIZE')) parts.push(` RFC822.SIZE ${change.size ?? message.raw.length}`);
  if (asked.includes('BODY.PEEK[HEADER')) parts.push(...headerFields(args, message.raw));
  const piece = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(asked);
  if (piece) {
    const bytes = raw.subarray(Number(piece[1]), Number(piece[1]) + Number(piece[2]));
    parts.push(` BODY[]<${piece[1]}> {${bytes.length}}\r\n`, bytes);
  } else if (asked.includes('BODY.PEEK[]')) {
    if (change.body !== undefined) parts.push(` BODY[] ${change.body}`);
    else parts.push(` BODY[] {${raw.length + (change.short ?? 0)}}\r\n`, raw, change.tail ?? '');
  }
  return joined(`* ${number} FETCH (`, ...parts, change.end ?? ')\r\n');
}

/** Flags and date, and the body, in a row each. */
export function splitRow({ uid, flags, date, raw }: OddMessage, number: number): [Buffer, Buffer] {
  return [
    joined(`* ${number} FETCH (UID ${uid} FLAGS (${flags.join(' ')}) INTERNALDATE "${date}")\r\n`),
    joined(`* ${number} FETCH (UID ${uid} BODY[] {${raw.length}}\r\n`, raw, ')\r\n'),
  ];
}

function headerFields(args: string, raw: Buffer): (string | Buffer)[] {
  const [header = ''] = raw.toString('latin1').split('\r\n\r\n');
  const fields = /HEADER\.FIELDS \(([^)]*)\)/i.exec(args)?.[1] ?? '';
  const wanted = fields.toLowerCase().split(' ');
  const lines = header.split(/\r\n(?![ \t])/).filter((line) => wanted.includes(line.split(':')[0]!.toLowerCase()));
  const bytes = Buffer.from(`${lines.map((line) => `${line}\r\n`).join('')}\r\n`, 'latin1');
  return [` BODY[HEADER.FIELDS (${fields})] {${bytes.length}}\r\n`, bytes];
}

function joined(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}
