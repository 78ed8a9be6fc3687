import { type Finding, finding } from '../findings.js';

/** Findings about bodies that are not sent, or sent with a note. */

export const emptyThoughListed = (listed: number): Finding =>
  finding(
    `the source lists this message${listed > 0 ? ` with ${listed} bytes` : ''}, shows its header, and gives no byte of it, asked twice`,
    'corruption',
    'message',
    'skip-message',
    'engine:empty-body',
    { key: 'damaged at the source' },
  );

export const otherLength = (listed: number, came: number): Finding =>
  finding(
    `the source lists this message with ${listed} bytes and gives ${came}, asked twice, the second time alone and in parts`,
    'corruption',
    'message',
    'skip-message',
    'engine:other-length',
    { key: 'whole in web mail' },
  );

/** @param given, listed  a field of each message that differs: `<m3@old.example>` */
export const anotherMessage = (given: string, listed: string): Finding =>
  finding(
    `the source gives another message for this UID, asked twice: its header says ${listed}, what came says ${given}`,
    'corruption',
    'message',
    'skip-message',
    'engine:another-message',
    { key: 'source index damaged' },
  );

/** Rule of messages that came with another length than they were listed with. */
export const SIZE_ESTIMATE = 'engine:size-estimate';

export const sizesNotKept = (uid: number, listed: number, came: number): Finding =>
  finding(
    `RFC822.SIZE of the source is not the length of these messages (UID ${uid}: ${listed} listed, ${came} came): copied as they came, the end and the header were asked for twice`,
    'server-bug',
    'message',
    'note',
    SIZE_ESTIMATE,
    { key: 'sizes estimated' },
  );
