/** The body that is posted to a URL: the notice itself, or the form that ntfy or Slack take. */
export const NOTICE_SHAPES = ['json', 'ntfy', 'slack'] as const;
export type NoticeShape = (typeof NOTICE_SHAPES)[number];
