import { type Finding, finding } from '../findings.js';

/** Findings about bodies that are not sent, or sent with a note. */

const IN_WEB_MAIL =
  'Open the message in the source’s web mail. Where it is whole there, `nightferry retry` asks for it again; `retry --repair` takes it as it comes.';

export const emptyThoughListed = (listed: number): Finding =>
  finding(
    `the source lists this message${listed > 0 ? ` with ${listed} bytes` : ''}, shows its header, and gives no byte of it, asked twice`,
    'corruption',
    'message',
    'skip-message',
    'engine:empty-body',
    'Open the message in the source’s web mail; where it cannot be shown there either it is damaged on the server.',
  );

export const otherLength = (listed: number, came: number): Finding =>
  finding(
    `the source lists this message with ${listed} bytes and gives ${came}, asked twice, the second time alone and in parts`,
    'corruption',
    'message',
    'skip-message',
    'engine:other-length',
    IN_WEB_MAIL,
  );

/** @param given, listed  what tells the two messages apart: `<m3@old.example>` */
export const anotherMessage = (given: string, listed: string): Finding =>
  finding(
    `the source gives another message for this UID, asked twice: its header says ${listed}, what came says ${given}`,
    'corruption',
    'message',
    'skip-message',
    'engine:another-message',
    'The source’s index of this folder is damaged. Have it rebuilt there, then resume.',
  );

export const sizesNotKept = (uid: number, listed: number, came: number): Finding =>
  finding(
    `RFC822.SIZE of the source is not the length of these messages (UID ${uid}: ${listed} listed, ${came} came): copied as they came, the end and the header were asked for twice`,
    'server-bug',
    'message',
    'note',
    'engine:size-estimate',
    'Nothing to do. Some servers (Exchange) estimate the size; each of these messages ended where the server says that it ends.',
  );
