import { type Finding, finding } from '../../responses/finding.js';

/** Findings about bodies that are not sent, or sent with a note. */

export const emptyThoughListed = (listed: number): Finding =>
  finding({ key: 'empty body', listed }, 'corruption', 'message', 'skip-message', 'engine:empty-body', {
    key: 'damaged at the source',
  });

export const otherLength = (listed: number, came: number): Finding =>
  finding({ key: 'other length', listed, came }, 'corruption', 'message', 'skip-message', 'engine:other-length', {
    key: 'whole in web mail',
  });

/** @param given, listed  a field of each message that differs: `<m3@old.example>` */
export const anotherMessage = (given: string, listed: string): Finding =>
  finding(
    { key: 'another message', given, listed },
    'corruption',
    'message',
    'skip-message',
    'engine:another-message',
    { key: 'source index damaged' },
  );

/** Rule of messages that came with another length than they were listed with. */
export const SIZE_ESTIMATE = 'engine:size-estimate';

export const sizesNotKept = (uid: number, listed: number, came: number): Finding =>
  finding({ key: 'sizes not kept', uid, listed, came }, 'server-bug', 'message', 'note', SIZE_ESTIMATE, {
    key: 'sizes estimated',
  });
