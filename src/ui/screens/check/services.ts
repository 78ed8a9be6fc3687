import type { Side } from '../../../words/side.js';

/**
 * The check that a console shows. It is implemented above (src/commands): the screen knows neither plans nor servers,
 * and what it is given is sanitised and in words.
 */
export interface CheckServices {
  /** The check as it stands; the same object until something changed. */
  view(): CheckView;
  /** @returns how to stop listening */
  subscribe(listener: () => void): () => void;
  /** The findings of a group, in the order of the plan; the same list until something changed. */
  rows(group: string): readonly FindingRow[];
  /** Begins nothing more; what was found stays. */
  stop(): void;
}

export type CheckState = 'servers' | 'mailboxes' | 'writing' | 'stopping' | 'stopped' | 'done' | 'broken';

export interface CheckView {
  readonly plan: string;
  readonly state: CheckState;
  readonly servers: readonly CheckedServer[];
  readonly mailboxes: readonly CheckedMailbox[];
  /** Mailboxes that are done with, those that nobody tried among them. */
  readonly done: number;
  readonly messages: number;
  readonly bytes: number;
  /** The gravest first. */
  readonly groups: readonly GroupRow[];
  /** Milliseconds until the last mailbox is done with; null: not known. */
  readonly left: number | null;
}

export interface CheckedServer {
  readonly side: Side;
  /** `mail.old.example:993` */
  readonly name: string;
  readonly standing: 'asked' | 'answers' | 'of no use';
  /** Facts of the server, the most important first. */
  readonly facts: readonly string[];
}

export interface CheckedMailbox {
  readonly id: string;
  readonly email: string;
  readonly standing: 'waits' | 'looked at now' | 'looked at' | 'not to be had' | 'not tried';
  /** Null: not known. */
  readonly messages: number | null;
  readonly bytes: number | null;
  readonly findings: number;
}

export interface GroupRow {
  readonly id: string;
  readonly severity: 'will fail' | 'may fail' | 'cannot know' | 'note';
  readonly what: string;
  readonly todo: string;
  /** '' where it is about both sides, or about the plan. */
  readonly side: Side | '';
  readonly mailboxes: number;
  /** Null: it is not about messages. */
  readonly messages: number | null;
}

export interface FindingRow {
  readonly id: string;
  /** '' for a server. */
  readonly mailbox: string;
  readonly details: string;
}
