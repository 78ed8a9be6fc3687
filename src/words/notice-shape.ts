/** The body that is posted to a URL: the notice itself, or the form that ntfy or Slack take. */
export const NOTICE_SHAPES = ['json', 'ntfy', 'slack'] as const;
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
