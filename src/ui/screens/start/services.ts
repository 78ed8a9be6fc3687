import type { BatchState, Counts, Instant, MailboxState } from '../../../protocol/entities.js';
import type { TakesTokens } from '../../../words/advice/at-form.js';
import type { Side } from '../../../words/side.js';

/**
 * Services of the start screen. They are implemented above (src/commands): the screen knows neither files nor
 * servers, and what it is given is sanitised.
 */
export interface StartServices {
  /** All batches of the workspace, in any order. */
  batches(): Promise<readonly BatchSummary[]>;
  /** Logs in on one side and looks, changing nothing. Never rejects. Aborting drops the line. */
  test(side: Side, typed: TypedSide, signal: AbortSignal): Promise<SideTest>;
  /** Applications of the configuration, which get access tokens in place of a password. */
  applications(): Promise<readonly Application[]>;
  /** Signs a person in to one of them. Aborting its signal gives it up. */
  signIn(application: string, person: SigningPerson): Promise<Done>;
  /** Makes the batch of one mailbox, or takes up the one there is, and starts its engine. */
  move(draft: MoveDraft): Promise<Started>;
  /** Looks at what a move would copy, and changes nothing on either side or on the disk. */
  dryRun(draft: MoveDraft): Promise<DryRunSeen>;
  /** Starts the engine of a batch that has none, to look at it: no mailbox starts by itself. */
  open(batch: string): Promise<Started>;
  /** Like {@link open}, and goes on with messages that failed or were not tried. */
  resume(batch: string): Promise<Started>;
  /** Reads a plan that is to be checked. */
  readsPlan(path: string): Promise<Done>;
  /** Takes the records of a batch away; what was copied stays where it is. */
  delete(batch: string): Promise<Done>;
}

/** One side of the form. The password is held in memory, for this form only. */
export interface TypedSide {
  /** `imaps://user@host[:993]` or `imap://user@host[:143]`, as it was typed. */
  readonly url: string;
  readonly password: string;
  /** The application that gets access tokens in place of it; '': none. */
  readonly application: string;
  /** SHA-256 fingerprint of the server's certificate, or the file of the authority that signed it; '': as usual. */
  readonly trust: string;
}

/** An application of the configuration. */
export interface Application {
  readonly name: string;
  /** `a sign-in`: somebody has to sign in before there are tokens, and nobody did. */
  readonly wants: 'nothing' | 'a sign-in';
  /** How its tokens are got, in a few words. */
  readonly says: string;
}

/** A page to open in a browser, and the code to type there; null: it asks for none. */
export interface SignInPage {
  readonly page: string;
  readonly code: string | null;
}

/** Whoever signs in, at this screen. */
export interface SigningPerson {
  asked(page: SignInPage): void;
  /** Addresses at which the browser ended, where it is on another machine. */
  readonly pasted: AsyncIterable<string>;
  readonly signal: AbortSignal;
}

/** A folder of an account. */
export interface FolderSeen {
  /** As the options of a move name it: levels apart by `/`. It is not shown. */
  readonly path: string;
  /** The same, made harmless. */
  readonly shown: string;
  /** Null where the server did not say. */
  readonly messages: number | null;
  /** Bytes, or about so many; null where they could not be found out in time. */
  readonly bytes: number | null;
  /** It is copied unless somebody chooses: a view of other folders, or one that holds no mail, is not. */
  readonly isUsual: boolean;
}

/** Folders that were chosen from the list, in few words: those that stay behind, or those that are copied. */
export interface ChosenFolders {
  readonly kind: 'without' | 'only';
  readonly paths: readonly string[];
}

/** Limits the mail that is moved, as it was typed; '' leaves nothing out. */
export interface MoveScope {
  /** Chosen from the list; null: nobody chose, and what was typed counts. */
  readonly chosen: ChosenFolders | null;
  /** Folders, with `*`, commas between them. */
  readonly only: string;
  readonly without: string;
  /** A day: `2024-03-01`. */
  readonly since: string;
}

export interface MoveDraft extends Readonly<Record<Side, TypedSide>> {
  readonly scope: MoveScope;
}

/** A dry run answers with lines, one or more a folder, because they are only read. */
export type DryRunSeen =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly why: string };

export interface BatchSummary {
  readonly name: string;
  /** `stopped` and `ended` have no engine; `unreadable` cannot be used, and `why` says what is wrong. */
  readonly state: BatchState | 'unreadable';
  readonly why: string;
  readonly mailboxes: number;
  readonly byState: Readonly<Partial<Record<MailboxState['kind'], number>>>;
  /** Mailboxes that need the operator. */
  readonly needs: number;
  readonly counts: Counts;
  /** Messages in all, as a batch tells it. */
  readonly expected: number;
  readonly errors: number;
  /** When it will be done; null where nothing moves. */
  readonly eta: Instant | null;
  /** When anything happened last; null where nothing did. */
  readonly lastAt: Instant | null;
}

/** The result of a test login on one side. */
export type SideTest = GoodSide | RefusedSide;

export interface GoodSide {
  readonly ok: true;
  /** The server's name, or ''. */
  readonly software: string;
  readonly folders: readonly FolderSeen[];
  readonly messages: number;
  /** Bytes; null where it could not be found out in time. `about`: worked out from a part of the messages. */
  readonly size: { readonly bytes: number; readonly is: 'whole' | 'about' } | null;
  /** Bytes of each message over so many; null where they are not known. Of the source only. */
  readonly large: { readonly over: number; readonly sizes: readonly number[] } | null;
  /** Bytes; null where the server tells no quota. */
  readonly quota: { readonly used: number; readonly limit: number } | null;
  /** Bytes of the largest message that it takes; null where it does not say. */
  readonly appendLimit: number | null;
  /** How messages would be written to it: `MULTIAPPEND, LITERAL+`, ... */
  readonly way: string;
  /** Milliseconds from a command to its answer. */
  readonly roundTrip: number;
  /** Notes that the operator should read before the start, a sentence each. */
  readonly notes: readonly string[];
}

/** Fields of a side. */
export type FieldName = 'user' | 'server' | 'port' | 'password' | 'trust';

export interface RefusedSide {
  readonly ok: false;
  readonly why: string;
  readonly advice: string;
  /** The field to mend. */
  readonly at: FieldName;
  /** The server showed a certificate that nobody here vouches for; the operator may. */
  readonly untrusted?: Untrusted;
  /** A password will not do here, or access tokens would do as well as another one. */
  readonly takes?: TakesTokens;
}

export interface Untrusted {
  readonly host: string;
  /** Why it is not trusted, in a few words. */
  readonly why: string;
  /** The certificate that was shown. */
  readonly certificate: {
    /** SHA-256, upper-case hex without colons. */
    readonly fingerprint: string;
    readonly subject: string;
    readonly issuer: string;
    /** As the certificate writes it. */
    readonly validTo: string;
  };
}

/** The engine runs, and a console can be opened on it. */
export type Started = { readonly ok: true; readonly batch: string } | { readonly ok: false; readonly why: string };

export type Done = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** How the start screen was left: to a running batch, to the check of a plan, or for good, with an exit code (129: a hangup). */
export type StartChoice = { readonly attach: string } | { readonly check: string } | { readonly left: number };
