/** When a server is told who we are. */
type Introduces = 'where offered' | 'always' | 'never';

/** How many commands a server is sent at a time. */
export type Flow = 'pipelined' | 'one at a time';

/** How a server wants to be spoken to, by its profile and as it was learned from it: every connection is opened with it. */
export interface Manners {
  readonly flow: Flow;
  readonly introduces: Introduces;
  /** Fields of ID (RFC 2971) beside our own. */
  readonly idFields: Readonly<Record<string, string>>;
}

/** Manners of a server about which nothing is known yet. */
export const ORDINARY_MANNERS: Manners = { flow: 'pipelined', introduces: 'where offered', idFields: {} };
