import type { Treatment } from './decision.js';

/** An order that an operator gave, as it was carried out. Times in milliseconds since the epoch. */
export type DecidedAction =
  /** 0: not delayed. */
  | { readonly do: 'retry'; readonly notBefore: number; readonly treatment: Treatment }
  /** So many messages first. */
  | { readonly do: 'try-first'; readonly first: number; readonly treatment: Treatment }
  | { readonly do: 'skip'; readonly why: string }
  | { readonly do: 'backoff'; readonly factor: number | null; readonly until: number }
  | { readonly do: 'release' }
  /** So many messages were moved to that folder of the destination. */
  | { readonly do: 'quarantine'; readonly to: string; readonly moved: number }
  | { readonly do: 'give-up'; readonly why: string }
  | { readonly do: 'undo'; readonly of: number };

/** Something that was decided, and about how much. */
export interface Decided {
  readonly action: DecidedAction;
  /** Response codes, or kinds where there are no codes; for mailboxes that are given up, their addresses. */
  readonly about: string;
  /** Messages. */
  readonly uids: number;
  /** Failures of no message. */
  readonly failures: number;
  readonly mailboxes: number;
}

/** Counts the places in which a decision was carried out: folders, or mailboxes where it is about whole ones. */
export interface DecisionStanding {
  readonly places: number;
  readonly undone: number;
  /** Places in which it was carried out. */
  readonly done: number;
  /** Messages that were tried by it and failed again. */
  readonly failedAgain: number;
  /** Of a decision that tries some first: what became of those; null: it tries none first. */
  readonly first: 'open' | 'passed' | 'failed' | null;
}
