import type { NewMessage } from '../../demo/server/index.js';
import { messages } from './corpus.js';

/** Folders by path, with `/` between levels, and what lies in them. */
export type Mail = Readonly<Record<string, readonly NewMessage[]>>;

const AT = Date.UTC(2019, 4, 1, 12, 0, 0);

/** A small message that differs from every other of its name. */
export function letter(name: string, more: Partial<NewMessage> & { readonly bytes?: number } = {}): NewMessage {
  const { bytes = 0, ...given } = more;
  const text = `Message-ID: <${name}@night.example>\r\nSubject: ${name}\r\n\r\nBody of ${name}\r\n`;
  return {
    raw: Buffer.from(text + 'x'.repeat(Math.max(0, bytes - text.length))),
    internalDate: AT + 1000 * ([...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1e8, 0) | 0),
    flags: ['\\Seen'],
    ...given,
  };
}

/** So many letters, numbered from `from`. */
export function letters(count: number, name = 'letter', more: Parameters<typeof letter>[1] = {}): NewMessage[] {
  return Array.from({ length: count }, (_, i) => letter(`${name}-${i + 1}`, more));
}

const raw = (text: string) => Buffer.from(text, 'latin1');

/** Mail that a server may hold and no grammar foresees. */
export const ODD_MESSAGES: readonly NewMessage[] = [
  { raw: raw(''), flags: ['\\Seen'], internalDate: AT },
  { raw: raw('\r\n'), internalDate: AT + 1000 },
  { raw: raw('Subject: a NUL\r\n\r\nbefore\0after\r\n'), flags: ['$Forwarded'], internalDate: AT + 2000 },
  { raw: raw('Subject: bare\n\nonly\nline feeds\n'), internalDate: AT + 3000 },
  { raw: raw('Subject: caf\xe9 \xfc\xf6\r\n\r\n8 bits in the header\r\n'), internalDate: AT + 4000 },
  { raw: raw(`Subject: long\r\n\r\n${'y'.repeat(10_000)}\r\n`), internalDate: AT + 5000 },
  { raw: raw('Subject: header only\r\n'), flags: ['\\Flagged', '\\Seen'], internalDate: AT + 6000 },
  { raw: raw('From: nobody@example.org\r\n\r\nno Message-ID\r\n'), internalDate: AT + 7000 },
  { raw: raw('From: nobody@example.org\r\n\r\nno Message-ID\r\n'), internalDate: AT + 7000 },
  { raw: raw('Subject: deleted\r\n\r\ngone soon\r\n'), flags: ['\\Deleted', '\\Answered'], internalDate: AT + 8000 },
  { raw: raw('Message-ID: <same@x>\r\n\r\nfirst\r\n'), flags: ['Projekt-X', '$label1'], internalDate: AT + 9000 },
  { raw: raw('Message-ID: <same@x>\r\n\r\nother\r\n'), internalDate: AT + 10_000 },
  { raw: raw('Message-ID: <lit@x>\r\n\r\na9 LOGOUT\r\n{5+}\r\n)\r\n* BYE\r\n'), internalDate: Date.UTC(1999, 11, 31) },
  {
    raw: raw('Message-ID: <future@x>\r\n\r\nahead\r\n'),
    flags: ['\\Draft'],
    internalDate: Date.UTC(2037, 0, 1, 1, 2, 3),
  },
];

/** Every oddity of the corpus and of our own, over nested, empty and non-ASCII folders. */
export function oddMail(limit = 80): Mail {
  const mail: Record<string, NewMessage[]> = { INBOX: [], Odd: [...ODD_MESSAGES], Empty: [], 'Empty/Leer': [] };
  for (const { folder, raw, flags, instant } of messages('small', { limit })) {
    mail[folder] ??= [];
    mail[folder].push({ raw: raw.subarray(0, 4000), flags, internalDate: instant });
  }
  return mail;
}

/** A few letters in three folders, two of them equal: little enough to be copied a hundred times a second. */
export function smallMail(user = ''): Mail {
  return {
    INBOX: [...letters(5, `${user}in`), letter(`${user}twin`), letter(`${user}twin`)],
    Work: [...letters(3, `${user}work`), { raw: raw('Subject: a NUL\r\n\r\n\0\r\n'), internalDate: AT }],
    'Work/Deep': letters(2, `${user}deep`, { bytes: 5000 }),
  };
}
