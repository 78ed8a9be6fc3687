import type { ProviderEntity } from '../../protocol/entities.js';
import type { Endpoint, PlanRow } from '../../store/batch/batch.js';
import { userOn } from '../../store/batch/endpoints.js';
import type { Trouble } from '../../store/errors/trouble.js';
import { isFoundByUs } from '../../words/findings/own-rules.js';
import type { Side } from '../../words/side.js';
import { showDateTime } from '../../words/times.js';
import type { Verdict } from '../../words/verdict.js';
import { sanitise } from './sanitise.js';

export interface Incident {
  /** Address of the mailbox, as the provider knows it. */
  readonly mailbox: string;
  readonly side: Side;
  /** Host name of the server. */
  readonly host: string;
  readonly command: string | null;
  readonly folder: string | null;
  /** The response line as it came. */
  readonly response: string;
  readonly verdict: Verdict;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly attempts: number;
}

/**
 * The text an operator sends to the provider after an hour in one state: mailbox, UTC time of the
 * first failure, exact response. Safe for a terminal, ends without a line break.
 */
export function providerText(incident: Incident): string {
  const { verdict } = incident;
  const lines = [
    'Subject: IMAP access to a mailbox fails during a migration',
    '',
    `Mailbox: ${sanitise(incident.mailbox, 320)}`,
    `Server: ${sanitise(incident.host, 255)} (${incident.side} of the migration)`,
    `First failure: ${showDateTime(incident.firstAt)}`,
    `Last failure: ${showDateTime(incident.lastAt)} (${incident.attempts} ${incident.attempts === 1 ? 'attempt' : 'attempts'})`,
    `Command: ${incident.command === null ? 'none, between commands' : sanitise(incident.command, 80)}`,
    ...(incident.folder === null ? [] : [`Folder: ${sanitise(incident.folder, 255)}`]),
    `Response: ${sanitise(incident.response)}`,
    '',
    QUESTION[verdict.kind],
  ];
  return lines.join('\n');
}

/**
 * The letter about a mailbox that has asked for its operator.
 *
 * @returns null where nobody was asked yet, or where no provider can help: a password that is missing here
 */
export function providerOf(
  trouble: Trouble | null,
  batch: Readonly<Record<Side, Pick<Endpoint, 'host'>>>,
  row: Pick<PlanRow, 'email' | 'sourceUser' | 'destinationUser'>,
): ProviderEntity | null {
  if (trouble?.askedAt == null || isFoundByUs(trouble.verdict)) return null;
  const { side } = trouble;
  const user = userOn(side, row);
  // The user as this provider knows it. At the source the mailbox may have another address.
  const mailbox = user.includes('@') ? user : row.email;
  return { since: trouble.firstAt, text: providerText({ ...trouble, mailbox, host: batch[side].host }) };
}

const QUESTION: Readonly<Record<Verdict['kind'], string>> = {
  transient: 'Please look into your log at these times. Is the service disturbed, and until when?',
  throttled:
    'Please tell us which limit was met (per user, per address, in total), and raise it for the duration of the migration.',
  'mailbox-state':
    'Please tell us the state of this mailbox (repair, move, read-only), and when it will be usable again.',
  'server-bug': 'Please look into your log at these times for the cause, and tell us when to try again.',
  corruption: 'Please check and repair this mailbox, and tell us when to try again.',
  auth: 'Please check that this mailbox may log in over IMAP from our address, and with which method.',
  quota: 'Please raise the quota of this mailbox, or tell us how much room it has.',
  'message-policy':
    'Please tell us why these messages are refused, and whether the limit can be raised for the migration.',
  missing: 'Please check whether these messages exist.',
  folder: 'Please check this folder and our access rights on it.',
  'client-bug': 'Please tell us what your server expects here.',
};
