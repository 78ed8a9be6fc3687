/** A message as an odd server holds it. */
export interface OddMessage {
  uid: number;
  flags: string[];
  /** As in INTERNALDATE, without its quotes. */
  date: string;
  /** False where APPEND came without a date, which most servers take as "today". */
  readonly dateGiven: boolean;
  raw: Buffer;
}

export interface OddFolder {
  uidValidity: number;
  uidNext: number;
  messages: OddMessage[];
}

/** By name, as it is on the wire. */
export type OddFolders = Record<string, OddFolder>;

const DATE = '06-Jan-2020 10:00:00 +0000';
/** Of a message that was appended without a date. */
export const TODAY = '29-Nov-2026 00:00:00 +0000';

/** @param more  further header lines, each with its CRLF */
export function mail(number: number, more = '', body = `body ${number}\r\n`): Buffer {
  const header = [
    `From: a${number}@old.example`,
    'To: b@old.example',
    `Subject: message ${number}`,
    `Date: Mon, 06 Jan 2020 10:0${number % 10}:00 +0000`,
    `Message-ID: <m${number}@old.example>`,
  ];
  return Buffer.from(`${header.join('\r\n')}\r\n${more}\r\n${body}`, 'latin1');
}

/** A folder with these messages, from UID 1. */
export function box(...raws: readonly Buffer[]): OddFolder {
  const messages = raws.map((raw, at) => ({ uid: at + 1, flags: ['\\Seen'], date: DATE, dateGiven: true, raw }));
  return { uidValidity: 77, uidNext: raws.length + 1, messages };
}

/** A folder with so many small messages, numbered from `from`. */
export function many(count: number, from = 1): OddFolder {
  return box(...Array.from({ length: count }, (_, at) => mail(from + at)));
}

/** A mailbox with three messages in INBOX. */
export function three(): OddFolders {
  return { INBOX: many(3) };
}

/** One more message arrives. @returns its UID */
export function arrives(folder: OddFolder, raw: Buffer, more: Partial<OddMessage> = {}): number {
  const uid = folder.uidNext++;
  folder.messages.push({ uid, flags: ['\\Seen'], date: DATE, dateGiven: true, raw, ...more });
  return uid;
}
