/** One of the two servers. Every error, log line and connection names its side. */
export type Side = 'source' | 'destination';

export const SIDES = ['source', 'destination'] as const satisfies readonly Side[];
