/** What is posted to a URL: the notice itself, or what ntfy or Slack take. */
export const NOTICE_SHAPES = ['json', 'ntfy', 'slack'] as const;
export type NoticeShape = (typeof NOTICE_SHAPES)[number];
