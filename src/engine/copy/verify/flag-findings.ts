import { type Finding, finding } from '../../responses/finding.js';

export const flagsLost = (flags: string): Finding =>
  finding({ key: 'flags lost', flags }, 'message-policy', 'message', 'note', 'engine:flags', {
    key: 'flags not kept',
  });

/** @param words  of the server, or how the connection was lost */
export const flagsNotSet = (flags: string, words: string): Finding =>
  finding({ key: 'flags not set', flags, words }, 'server-bug', 'message', 'note', 'engine:flags', {
    key: 'flags not set',
  });

export const keywordNotKept = (keyword: string): Finding =>
  finding({ key: 'keyword not kept', keyword }, 'message-policy', 'message', 'note', 'engine:keyword', {
    key: 'keyword not kept',
  });

export const flagsNotTold: Finding = finding(
  { key: 'flags not told' },
  'corruption',
  'message',
  'note',
  'engine:flags-not-told',
  { key: 'flags not told' },
);
