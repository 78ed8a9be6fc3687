import type { WrongAtApplication } from '../../../words/advice/advice.js';
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

/** Each in an operator's words; the step that mends it is an advice. */
const WORDS: Readonly<Record<WrongAtApplication, string>> = {
  tenant: 'there is no such tenant',
  application: 'the application is not known there',
  secret: 'the client secret is wrong',
  'secret expired': 'the client secret has expired',
  certificate: 'the certificate is not accepted',
  consent: 'nobody has consented to the permission',
  permission: 'the application lacks the permission',
  policy: 'a policy of the organisation forbids it',
  clock: 'the clock of this machine and that of the server differ',
  user: 'there is no such user in the domain',
  delegation: 'the service account has no delegation for this scope',
  account: 'the service account or its key was deleted or disabled',
  scope: 'the scope is not accepted',
  'refresh token': 'the refresh token is good no longer: expired, revoked, or used up',
  endpoint: 'the answer is none of a token endpoint',
  unknown: 'it does not say what is wrong in words that are known here',
};

/** Entra's numbers (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const BY_NUMBER: Readonly<Record<number, WrongAtApplication>> = {
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
const GOOGLE: readonly { readonly error: string; readonly says: RegExp; readonly wrong: WrongAtApplication }[] = [
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
const BY_ERROR: Readonly<Record<string, Readonly<Record<Flow, WrongAtApplication>>>> = {
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
  readonly wrong: WrongAtApplication;
  /** The part that is wrong, in words, and the codes that say so. */
  readonly what: string;
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
  const { aheadMs } = refusal;
  const off = aheadMs !== null && Math.abs(aheadMs) >= CLOCK_MATTERS_MS ? aheadMs : null;
  const clock =
    off === null ? '' : `; this clock is ${showDuration(inMinutes(off))} ${off > 0 ? 'ahead of' : 'behind'} it`;
  return { wrong, what: `${WORDS[wrong]} (${code.join(', ')}${clock})` };
}

/** The time of an answer is in whole seconds, and some were under way: each refusal would name another difference. */
const inMinutes = (off: number): number => Math.round(Math.abs(off) / 60_000) * 60_000;

/** Not a mailbox's matter: whoever comes with this application is refused. */
export const concernsAll = (wrong: WrongAtApplication): boolean => wrong !== 'user';

function wrongOf({ error, description }: Refusal, number: number | null, flow: Flow): WrongAtApplication {
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
