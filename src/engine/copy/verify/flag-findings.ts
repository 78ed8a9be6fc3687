import { type Finding, finding } from '../findings.js';

export const flagsLost = (flags: string): Finding =>
  finding(
    `stored, but without ${flags}`,
    'message-policy',
    'message',
    'note',
    'engine:flags',
    'The destination did not keep these flags when the message was stored, nor when they were set again.',
  );

/** @param words  of the server, or how the line was lost */
export const flagsNotSet = (flags: string, words: string): Finding =>
  finding(
    `stored, but without ${flags}: the destination broke the line when they were set again (${words})`,
    'server-bug',
    'message',
    'note',
    'engine:flags',
    'The message is there. Set these flags at the destination where they matter; its log says why UID STORE fails on it.',
  );

export const keywordNotKept = (keyword: string): Finding =>
  finding(
    `the destination does not keep the keyword ${keyword}`,
    'message-policy',
    'message',
    'note',
    'engine:keyword',
    'The folder’s PERMANENTFLAGS leave this keyword out, or APPEND was refused for it. The messages are there without it.',
  );

export const flagsNotTold: Finding = finding(
  'sent without flags: the source did not tell them, asked twice',
  'corruption',
  'message',
  'note',
  'engine:flags-not-told',
  'The message is there, as unread and without keywords. Compare its flags in the source’s web mail where they matter.',
);
