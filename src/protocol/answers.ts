import type { Correction } from '../words/correction.js';
import type { Decided, DecisionStanding } from '../words/decided.js';
import type { ActionRequest } from '../words/decision.js';
import type { NightPace } from '../words/night-pace.js';
import type { Side } from '../words/side.js';
import type { Verdict } from '../words/verdict.js';
import type { Instant, Status } from './entities.js';
import type { LogLine } from './events.js';
import type { RehearsalEntity } from './rehearsal-entity.js';

/** One cause of failure in one place of one mailbox. */
export interface ErrorEntryEntity {
  /** Names the entry in a {@link Selection}. */
  readonly id: string;
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  /** Open UIDs, 2,000 characters at most. */
  readonly uids: string;
  /** UIDs of second copies at the destination, cut like `uids`; '': the entry is about none. */
  readonly destinationUids: string;
  /** The number of second copies; 0: the entry is about none. */
  readonly doubled: number;
  readonly count: number;
  /** Messages that are not copied because of it: those that failed, or all that are left in its folder. */
  readonly affected: number;
  /** UIDs that an operator's decision left out. */
  readonly skipped: number;
  /** Whether an operator accepted it: only for a failure of no message. */
  readonly accepted: boolean;
  /** The number of tries of the UID that was tried most. */
  readonly attempts: number;
  readonly times: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The full response of a sample. */
  readonly response: string;
  readonly verdict: Verdict;
  /** Messages whose last response differs from the sample: 100 at most. */
  readonly own: readonly { readonly uid: number; readonly response: string }[];
}

/** Failures by response code, or by kind where responses carry none. */
export interface ErrorGroupEntity {
  /** Names the group in a {@link Selection}. */
  readonly key: string;
  readonly code: string | null;
  readonly kind: Verdict['kind'];
  /**
   * `open`: something is left to do. `skipped`: operators left all of it out. `settled`: a note; the messages
   * are at the destination, changed; nothing is left to do.
   */
  readonly standing: 'open' | 'skipped' | 'settled';
  /** Null: both sides. */
  readonly side: Side | null;
  /** Open messages. */
  readonly messages: number;
  /**
   * Messages that are not copied because of its open failures: those that failed, and all that are left in folders that
   * failed.
   */
  readonly affected: number;
  /** Open failures of no message. In a group that was skipped whole: those that were accepted. */
  readonly failures: number;
  /** Messages that were left out by decision. */
  readonly skipped: number;
  /** Second copies at the destination that its failures are about. */
  readonly doubled: number;
  readonly mailboxes: number;
  /** Occurrences in each half hour since `trendFrom`, 48 at most, oldest first. */
  readonly trend: readonly number[];
  readonly trendFrom: Instant;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The number of entries. Fewer may be sent. */
  readonly size: number;
  /** Entries, those with most messages first; 500 at most. */
  readonly entries: readonly ErrorEntryEntity[];
}

/** A part of what an order is about, shown before the order is given. */
export interface ScopeSample {
  readonly mailbox: string;
  readonly folder: string | null;
  /** A set of UIDs, 200 characters at most. */
  readonly uids: string;
  readonly count: number;
}

/** The effect of an order, frozen: the order acts on the number that is shown. */
export interface DecisionPreview {
  readonly id: string;
  readonly action: ActionRequest;
  /** The selection in words. */
  readonly about: string;
  readonly uids: number;
  /** Failures of no message among them. */
  readonly failures: number;
  readonly mailboxes: number;
  readonly folders: number;
  /** Messages that were not tried yet, and wait for failures among these to end: of folders, logins and held mailboxes. */
  readonly behind: number;
  /** Mailboxes among these that nobody could look into: all of their messages wait. */
  readonly unseen: number;
  /**
   * Ids of the mailboxes, where each failure among these holds a whole mailbox: nothing of them can be left out, and only
   * giving them up ends their need. Empty otherwise.
   */
  readonly onlyWhole: readonly string[];
  /** The messages that `try-first` sends first. */
  readonly first: readonly ScopeSample[];
  readonly firstCount: number;
  /** Ten at most. */
  readonly samples: readonly ScopeSample[];
  /** Mailboxes that are held and would go on. */
  readonly releases: readonly string[];
  /** Warnings that an operator should read first, a sentence each. */
  readonly warnings: readonly string[];
}

/** A decision of an operator, and its result. */
export interface DecisionEntity extends Decided {
  readonly id: number;
  readonly at: Instant;
  readonly by: string;
  readonly standing: DecisionStanding;
  /** `undone`: nothing of it is left; `refused again`: something of what it tried anew failed. */
  readonly outcome: 'stands' | 'refused again' | 'undone';
  readonly undoable: boolean;
}

/** The header and structure of one message; shown, never stored. */
export interface MessageLook {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  /** Bytes. */
  readonly size: number;
  readonly flags: readonly string[];
  readonly internalDate: string;
}

/** A failed message with the fields by which its owner knows it. A field is null where the source did not give it. */
export interface FailedMessage {
  readonly mailbox: string;
  readonly folder: string | null;
  readonly uid: number;
  readonly from: string | null;
  readonly subject: string | null;
  readonly date: string | null;
  /** Bytes. */
  readonly size: number | null;
}

/** Failed messages, shown and never stored. */
export interface FailedMessages {
  /** 300 at most. */
  readonly messages: readonly FailedMessage[];
  /** How many more were selected. */
  readonly more: number;
  /** Why some could not be read, a sentence each. */
  readonly notes: readonly string[];
}

/** The certificate that a server shows now, its texts sanitised. */
export interface CertificateLook {
  readonly host: string;
  /** Code of the check that the certificate failed; null: it is trusted. */
  readonly code: string | null;
  /** SHA-256, upper-case hex without colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate writes it, like `Jan  1 00:00:00 2030 GMT`. */
  readonly validTo: string;
  /** The fingerprint that an operator vouched for, which alone counts; null: none, and authorities decide. */
  readonly trusted: string | null;
}

/** An event since an operator last looked, besides the mailboxes that need somebody. */
export type MorningLine =
  /** An order that did not go as hoped. */
  | { readonly kind: 'refused again'; readonly decision: DecisionEntity }
  /** How many mailboxes came in step since then, and how many of all are. */
  | { readonly kind: 'in step'; readonly since: number; readonly now: number; readonly of: number }
  /** Messages that were copied since then. */
  | { readonly kind: 'copied'; readonly messages: number };

export interface Morning {
  /** When an operator last looked; the start of the batch where none did. */
  readonly since: Instant;
  readonly lines: readonly MorningLine[];
}

/** Everything that answers are made of. A command's row in `commands.ts` says which fields its answer has. */
export interface Answers {
  readonly status: Status;
  readonly errors: readonly ErrorGroupEntity[];
  readonly preview: DecisionPreview;
  readonly decision: DecisionEntity;
  readonly decisions: readonly DecisionEntity[];
  readonly corrections: readonly Correction[];
  readonly message: MessageLook;
  readonly headers: FailedMessages;
  /** The file that was written; `bytes` of it, and how many messages or failures are in it. */
  readonly saved: { readonly path: string; readonly bytes: number; readonly rows: number };
  readonly morning: Morning;
  readonly log: readonly LogLine[];
  readonly pace: NightPace;
  readonly rehearsal: RehearsalEntity;
  readonly certificate: CertificateLook;
}
