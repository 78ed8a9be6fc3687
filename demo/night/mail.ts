import type { Account } from '../server/index.js';
import type { NightMailbox } from './mailboxes.js';
import { LIMIT, ODD, type Odd } from './odd-messages.js';

const MONTH = 30 * 24 * 3600 * 1000;
const FIRST_DAY = Date.UTC(2024, 0, 8, 9, 30);
export const KEYWORD = '$Forwarded';
const FLAGS: readonly (readonly string[])[] = [
  ['\\Seen'],
  ['\\Seen', '\\Answered'],
  [],
  ['\\Seen', KEYWORD],
  ['\\Flagged'],
];

/**
 * Fills an account of the source, the same each time. Messages are made when they are read: none of them is kept.
 *
 * @param odd what is special about messages of its INBOX, by UID
 */
export function fillAccount(account: Account, mailbox: NightMailbox, odd: ReadonlyMap<number, Odd>): void {
  for (const [path, count] of Object.entries(mailbox.folders)) {
    const folder = account.find(path) ?? account.addFolder(path, { subscribed: true });
    for (let n = 1; n <= count; n++) {
      const at = FIRST_DAY + ((n * 7_919_000) % (20 * MONTH));
      const special = path === 'INBOX' ? odd.get(n) : undefined;
      folder.add({
        raw: () => messageText(mailbox.email, path, n, at, special),
        flags: FLAGS[n % FLAGS.length] ?? [],
        internalDate: at,
      });
    }
  }
}

/** How many of the first `count` messages of a folder carry the keyword. */
export function withKeyword(count: number): number {
  return Array.from({ length: count }, (_, at) => FLAGS[(at + 1) % FLAGS.length]).filter((flags) =>
    flags?.includes(KEYWORD),
  ).length;
}

const LINE = 'The ferry leaves at eight and carries mail, whatever the weather.';

function messageText(email: string, folder: string, n: number, at: number, odd: Odd | undefined): Buffer {
  const name = Buffer.from(folder).toString('hex');
  const header = [
    `From: Sender ${n} <sender${n}@elsewhere.example>`,
    `To: ${email}`,
    `Subject: message ${n}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}.${name}.${email}>`,
    ...(odd === undefined ? [] : [ODD[odd]]),
  ];
  // 1 to 4 KB, as mail without attachments is.
  const lines = odd === 'more bytes than are taken' ? Math.ceil((LIMIT * 1.4) / LINE.length) : 8 + ((n * 37) % 50);
  return Buffer.from(`${header.join('\r\n')}\r\n\r\nMessage ${n} of ${folder}.\r\n${`${LINE}\r\n`.repeat(lines)}`);
}

const ELSEWHERE: Readonly<Record<string, string>> = { Sent: 'Gesendet', Drafts: 'Entwürfe', Trash: 'Papierkorb' };

/** Where the destination keeps a folder of the source: dots for slashes, and its own words for sent mail and drafts. */
export function whereTo(path: string): string {
  return ELSEWHERE[path] ?? path.replaceAll('/', '.');
}
