import type { AdviceKey } from '../../words/advice/advice.js';
import type { WhyLeftOut } from '../../words/left-out.js';
import type { Side } from '../../words/side.js';

/** How grave a finding is, the gravest first. */
export const SEVERITIES = ['will fail', 'may fail', 'cannot know', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The kinds of findings, and how grave each is. */
export const SEVERITY_OF = {
  'server-unreachable': 'will fail',
  'server-turns-away': 'will fail',
  'no-tls': 'will fail',
  'certificate-untrusted': 'will fail',
  'certificate-expiring': 'may fail',
  'shared-login-refused': 'will fail',
  'login-refused': 'will fail',
  'credential-missing': 'will fail',
  'mailbox-missing': 'will fail',
  'mailbox-refused': 'will fail',
  'not-looked-at': 'cannot know',
  'folder-unreadable': 'will fail',
  'folder-not-creatable': 'will fail',
  'no-right-to-add': 'will fail',
  'no-right-to-create': 'will fail',
  'no-right-to-set-flags': 'may fail',
  'folder-into-no-mail': 'may fail',
  'root-empty': 'will fail',
  'folders-differ-in-case': 'may fail',
  'folder-name-doubtful': 'may fail',
  'list-row-unreadable': 'will fail',
  'folder-renamed': 'note',
  'folders-merged': 'note',
  'folder-name-undecodable': 'note',
  'folder-is-view': 'note',
  'folder-left-out': 'note',
  'labels-double': 'may fail',
  'labels-once': 'note',
  'all-mail-hidden': 'may fail',
  'uids-not-kept': 'may fail',
  'message-too-large': 'will fail',
  'message-empty': 'may fail',
  'message-size-unknown': 'cannot know',
  'message-marked-deleted': 'note',
  'keywords-unknown': 'cannot know',
  'dates-impossible': 'may fail',
  'dates-of-one-day': 'note',
  'bodies-unread': 'cannot know',
  'nothing-written': 'cannot know',
  'mail-hidden': 'cannot know',
  'quota-above-mail': 'cannot know',
  'more-than-a-day': 'may fail',
  'folders-refused': 'will fail',
  'messages-refused': 'will fail',
  'messages-vanish': 'will fail',
  'bodies-altered': 'may fail',
  'flags-dropped': 'may fail',
  'keywords-dropped': 'may fail',
  'dates-dropped': 'may fail',
  'bodies-rewritten': 'note',
  'write-test-undone': 'cannot know',
  'write-test-left': 'note',
  'write-test-cleared': 'note',
  'quota-too-small': 'will fail',
  'quota-may-be-short': 'may fail',
  'quota-almost-full': 'may fail',
  'quota-unknown': 'cannot know',
  'destination-not-empty': 'note',
  'without-uidplus': 'note',
  'server-holds-back': 'note',
  'mailbox-empty': 'note',
  'one-destination': 'may fail',
  'one-source': 'may fail',
  'equal-mailboxes': 'note',
} as const satisfies Readonly<Record<string, Severity>>;
export type FindingKind = keyof typeof SEVERITY_OF;

export const FINDING_KINDS = Object.keys(SEVERITY_OF) as readonly FindingKind[];

/** Something that will fail or may fail in the night, that cannot be known, or that an operator should know. */
export interface Finding {
  readonly kind: FindingKind;
  /** Null: it is about both sides, or about the plan. */
  readonly side: Side | null;
  /** As the plan names it; null: it is about the server. */
  readonly mailbox: string | null;
  /** As people read it, sanitised; null: it is about the mailbox. */
  readonly folder: string | null;
  /** How many messages it is about; null: it is not about messages. */
  readonly messages: number | null;
  /** How many bytes they have, or come; null: it is not about a size. */
  readonly bytes: number | null;
  /** The bound that is broken, in the unit of `bytes` or `messages`; null: there is none. */
  readonly limit: number | null;
  /** The words of the server, or the names that it is about, sanitised; null: nothing more to tell. */
  readonly told: string | null;
  /** Why a folder is left out; null: it is not about one. */
  readonly why: WhyLeftOut | null;
  /** The meaning of a refusal, where that is known; null: it is about none. */
  readonly advice: AdviceKey | null;
}

type Parts = Partial<Omit<Finding, 'kind' | 'side'>>;

/** A finding with these parts; the others are null. */
export function finding(kind: FindingKind, side: Side | null, parts: Parts = {}): Finding {
  return {
    kind,
    side,
    mailbox: null,
    folder: null,
    messages: null,
    bytes: null,
    limit: null,
    told: null,
    why: null,
    advice: null,
    ...parts,
  };
}

export const severityOf = ({ kind }: Pick<Finding, 'kind'>): Severity => SEVERITY_OF[kind];
