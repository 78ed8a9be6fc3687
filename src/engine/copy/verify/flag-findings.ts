import { type Finding, finding } from '../findings.js';

export const flagsLost = (flags: string): Finding =>
  finding(`stored, but without ${flags}`, 'message-policy', 'message', 'note', 'engine:flags', {
    key: 'flags not kept',
  });

/** @param words  of the server, or how the line was lost */
export const flagsNotSet = (flags: string, words: string): Finding =>
  finding(
    `stored, but without ${flags}: the destination broke the line when they were set again (${words})`,
    'server-bug',
    'message',
    'note',
    'engine:flags',
    { key: 'flags not set' },
  );

export const keywordNotKept = (keyword: string): Finding =>
  finding(
    `the destination does not keep the keyword ${keyword}`,
    'message-policy',
    'message',
    'note',
    'engine:keyword',
    { key: 'keyword not kept' },
  );

export const flagsNotTold: Finding = finding(
  'sent without flags: the source did not tell them, asked twice',
  'corruption',
  'message',
  'note',
  'engine:flags-not-told',
  { key: 'flags not told' },
);
