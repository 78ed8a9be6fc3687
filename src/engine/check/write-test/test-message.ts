import type { Random } from '../../../words/clock.js';
import type { SideLayout } from '../../imap/grammar/layout.js';

/** The name of one write test: of its folder, and in the Message-ID of its message. */
export interface TestName {
  readonly folder: string;
  readonly messageId: string;
  /** When the test began, in milliseconds since the epoch. */
  readonly at: number;
}

const BEGINS = 'nightferry-write-test-';
const FORM = /^nightferry-write-test-([0-9a-z]{8,9})-[0-9a-z]{8}$/;
const LENGTH = 8;

/** The flags that are asked for: those that users see, and keywords that mail programs write. */
export const TEST_FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Draft', '$Forwarded', 'NightferryTest'] as const;
/** INTERNALDATE of the message, as APPEND writes it: far from today, and in no whole hour of UTC. */
export const TEST_DATE = '17-Jul-2009 02:44:25 +0530';

/** A name that no other test has. @param now  milliseconds since the epoch */
export function newTest(now: number, random: Random): TestName {
  const part = () => Math.floor(random() * 36).toString(36);
  const folder = `${BEGINS}${now.toString(36)}-${Array.from({ length: LENGTH }, part).join('')}`;
  return { folder, messageId: messageIdOf(folder), at: now };
}

const messageIdOf = (folder: string) => `<${folder}@nightferry.invalid>`;

/**
 * Reads the name of a folder.
 *
 * @returns null where no write test made it
 */
export function testOf(name: string, { delimiter }: Pick<SideLayout, 'delimiter'>): TestName | null {
  const folder = (delimiter === null ? name : name.split(delimiter).at(-1)) ?? '';
  const stamp = FORM.exec(folder)?.[1];
  return stamp === undefined ? null : { folder, messageId: messageIdOf(folder), at: Number.parseInt(stamp, 36) };
}

/** The message, in CRLF: ordinary mail with words that are no ASCII, one line in ten that begins with a dot or a blank. */
export function testMessage({ messageId, folder }: TestName): Buffer {
  const lines = [
    'From: Nightferry <write-test@nightferry.invalid>',
    'To: Nightferry <write-test@nightferry.invalid>',
    'Subject: =?UTF-8?Q?Write_test_of_nightferry_check_=E2=80=93_may_be_deleted?=',
    'Date: Fri, 17 Jul 2009 02:44:25 +0530',
    `Message-ID: ${messageId}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    '`nightferry check --write-test` wrote this message to see whether mail arrives here as it is sent.',
    `It stands in the folder ${folder}, and both may be deleted.`,
    '',
    '.A line that begins with a dot.',
    ' A line that begins with a blank, and ends with one: ',
    'From here on: Grüße, 漢字.',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}
