import { showDuration } from '../../../words/times.js';
import type { Flow } from './oauth-settings.js';

/** An answer of a token endpoint that says no (RFC 6749 section 5.2). */
export interface Refusal {
  readonly status: number;
  /** Null: the answer was none that a token endpoint gives. */
  readonly error: string | null;
  readonly description: string | null;
  /** Milliseconds by which our clock is ahead of the endpoint's; null where that is not known. */
  readonly aheadMs: number | null;
}

/** The part of an application's registration that is wrong. */
export type Wrong =
  | 'tenant'
  | 'application'
  | 'secret'
  | 'secret expired'
  | 'certificate'
  | 'consent'
  | 'permission'
  | 'policy'
  | 'clock'
  | 'user'
  | 'delegation'
  | 'account'
  | 'scope'
  | 'refresh token'
  | 'endpoint'
  | 'unknown';

/** Each in an operator's words, with the step that mends it. */
const WORDS: Readonly<Record<Wrong, { readonly what: string; readonly mend: string }>> = {
  tenant: {
    what: 'there is no such tenant',
    mend: 'Compare "tenant" with the Directory (tenant) ID in Entra, Overview.',
  },
  application: {
    what: 'the application is not known there',
    mend: 'Compare "client-id" with the Application (client) ID, and "tenant" with the tenant where it is registered.',
  },
  secret: {
    what: 'the client secret is wrong',
    mend: 'Use the Value of the secret, not its Secret ID (Entra: App registrations, Certificates & secrets).',
  },
  'secret expired': {
    what: 'the client secret has expired',
    mend: 'Make a new one (Entra: App registrations, Certificates & secrets, New client secret) and put its Value where the old one is.',
  },
  certificate: {
    what: 'the certificate is not accepted',
    mend: 'Upload the certificate of this file to the application (Entra: App registrations, Certificates & secrets, Certificates), and see that it has not expired: openssl x509 -enddate -noout -in FILE',
  },
  consent: {
    what: 'nobody has consented to the permission',
    mend: 'Entra: App registrations, API permissions, Grant admin consent. The permission is IMAP.AccessAsApp of Office 365 Exchange Online.',
  },
  permission: {
    what: 'the application lacks the permission',
    mend: 'Entra: API permissions, Add, APIs my organization uses, Office 365 Exchange Online, Application permissions, IMAP.AccessAsApp; then Grant admin consent.',
  },
  policy: {
    what: 'a policy of the organisation forbids it',
    mend: 'Look up this sign-in in Entra, Sign-in logs, Service principal sign-ins, and exempt the application from the Conditional Access policy named there.',
  },
  clock: {
    what: 'the clock of this machine and that of the server differ',
    mend: 'Set the clock: timedatectl set-ntp true',
  },
  user: {
    what: 'there is no such user in the domain',
    mend: 'Correct the user in the row of the plan: it is the primary address, with its domain.',
  },
  delegation: {
    what: 'the service account has no delegation for this scope',
    mend: 'Admin console: Security, API controls, Domain-wide delegation: Client ID is the Unique ID of the service account (21 digits), scope as in the file (https://mail.google.com/). It may take some minutes to hold.',
  },
  account: {
    what: 'the service account or its key was deleted or disabled',
    mend: 'Look at it in the Google Cloud console (IAM & Admin, Service Accounts) and make a new key: Keys, Add key, JSON.',
  },
  scope: {
    what: 'the scope is not accepted',
    mend: 'Leave "scope" out of the file: the usual one is taken.',
  },
  'refresh token': {
    what: 'the refresh token is good no longer: expired, revoked, or used up',
    mend: 'Sign in again and put the new refresh token into its file.',
  },
  endpoint: {
    what: 'the answer is none of a token endpoint',
    mend: 'Check "token-endpoint", and for a proxy in between.',
  },
  unknown: {
    what: 'it does not say what is wrong in words that are known here',
    mend: 'Look up the code at https://login.microsoftonline.com/error or in the documentation of the provider.',
  },
};

/** Entra's numbers (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const BY_NUMBER: Readonly<Record<number, Wrong>> = {
  90002: 'tenant',
  900023: 'tenant',
  900021: 'tenant',
  700016: 'application',
  700038: 'application',
  7000112: 'application',
  90013: 'application',
  7000215: 'secret',
  7000216: 'secret',
  7000218: 'secret',
  7000222: 'secret expired',
  700021: 'certificate',
  700023: 'certificate',
  700027: 'certificate',
  700030: 'certificate',
  7000214: 'certificate',
  50012: 'certificate',
  700024: 'clock',
  50013: 'certificate',
  65001: 'consent',
  65004: 'consent',
  90094: 'consent',
  500011: 'permission',
  650056: 'permission',
  650057: 'permission',
  501051: 'permission',
  53003: 'policy',
  530003: 'policy',
  53000: 'policy',
  53001: 'policy',
  70011: 'scope',
  1002012: 'scope',
  28000: 'scope',
  28002: 'scope',
  28003: 'scope',
  50173: 'refresh token',
  70000: 'refresh token',
  70008: 'refresh token',
  700082: 'refresh token',
  700084: 'refresh token',
  50076: 'refresh token',
  50078: 'refresh token',
  50079: 'refresh token',
};

/** Google names a reason in words behind its `error` (https://developers.google.com/identity/protocols/oauth2/service-account). */
const GOOGLE: readonly { readonly error: string; readonly says: RegExp; readonly wrong: Wrong }[] = [
  { error: 'invalid_grant', says: /invalid jwt signature/i, wrong: 'account' },
  { error: 'invalid_grant', says: /account not found|account (?:has been )?(?:deleted|disabled)/i, wrong: 'account' },
  { error: 'invalid_grant', says: /short-lived token|reasonable timeframe|iat and exp/i, wrong: 'clock' },
  { error: 'invalid_grant', says: /invalid email|user id|not a valid email/i, wrong: 'user' },
  { error: 'invalid_grant', says: /expired or revoked/i, wrong: 'refresh token' },
  { error: 'invalid_request', says: /principal|impersonation/i, wrong: 'user' },
  { error: 'unauthorized_client', says: /./, wrong: 'delegation' },
  { error: 'access_denied', says: /./, wrong: 'delegation' },
  { error: 'admin_policy_enforced', says: /^/, wrong: 'policy' },
  { error: 'org_internal', says: /^/, wrong: 'policy' },
];

/** The codes of RFC 6749 section 5.2, where nothing says more. */
const BY_ERROR: Readonly<Record<string, Readonly<Record<Flow, Wrong>>>> = {
  invalid_client: { m365: 'secret', google: 'account', refresh: 'secret' },
  unauthorized_client: { m365: 'application', google: 'delegation', refresh: 'application' },
  invalid_scope: { m365: 'scope', google: 'delegation', refresh: 'scope' },
  invalid_resource: { m365: 'permission', google: 'scope', refresh: 'scope' },
  invalid_grant: { m365: 'certificate', google: 'user', refresh: 'refresh token' },
  interaction_required: { m365: 'policy', google: 'policy', refresh: 'refresh token' },
  consent_required: { m365: 'consent', google: 'delegation', refresh: 'consent' },
};

/** A clock that is off by less is not to blame. */
const CLOCK_MATTERS_MS = 120_000;

/** A refusal, understood. */
export interface Explained {
  readonly wrong: Wrong;
  /** The part that is wrong, in words, and the codes that say so. */
  readonly what: string;
  /** The step that mends it. */
  readonly mend: string;
}

/** Reads a refusal. It holds nothing of what was sent. */
export function explain(refusal: Refusal, flow: Flow): Explained {
  const digits = entraDigits(refusal.description);
  const number = digits === null ? null : Number(digits);
  const wrong = wrongOf(refusal, number, flow);
  const code = [
    refusal.error === null ? `HTTP ${refusal.status}` : plain(refusal.error),
    ...(number ? [`AADSTS${number}`] : []),
  ];
  const { what, mend } = WORDS[wrong];
  const { aheadMs } = refusal;
  const off = aheadMs !== null && Math.abs(aheadMs) >= CLOCK_MATTERS_MS ? aheadMs : null;
  const clock =
    off === null ? '' : `; this clock is ${showDuration(Math.abs(off))} ${off > 0 ? 'ahead of' : 'behind'} it`;
  return { wrong, what: `${what} (${code.join(', ')}${clock})`, mend };
}

/** Not a mailbox's matter: whoever comes with this application is refused. */
export const concernsAll = (wrong: Wrong): boolean => wrong !== 'user';

function wrongOf({ error, description }: Refusal, number: number | null, flow: Flow): Wrong {
  if (error === null) return 'endpoint';
  const known = number === null ? undefined : BY_NUMBER[number];
  if (known) return known;
  if (number !== null) return 'unknown';
  const google = GOOGLE.find((one) => one.error === error && one.says.test(description ?? ''));
  if (google && flow !== 'm365')
    return flow === 'refresh' && google.wrong === 'delegation' ? 'application' : google.wrong;
  return BY_ERROR[error]?.[flow] ?? 'unknown';
}

/** Entra's number of a refusal, as it is written; null: there is none. */
export function entraDigits(description: string | null): string | null {
  return /\bAADSTS(\d{4,9})\b/.exec(description ?? '')?.[1] ?? null;
}

/** A code is a short word; anything else is not repeated. */
function plain(error: string): string {
  return /^[a-z][a-z_]{1,39}$/.test(error) ? error : 'an unknown code';
}
