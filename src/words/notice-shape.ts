/** The forms in which a notice is sent: as itself, as ntfy or Slack takes it, or as a mail. */
export const NOTICE_SHAPES = ['json', 'ntfy', 'slack', 'mail'] as const;
export type NoticeShape = (typeof NOTICE_SHAPES)[number];

/** Events of a batch that an operator may want to be told of. */
export const NEWS_EVENTS = [
  'ended',
  'needs-you',
  'server-left-alone',
  'stalled',
  'budget-spent',
  'window-closing',
] as const;
export type NewsEvent = (typeof NEWS_EVENTS)[number];
