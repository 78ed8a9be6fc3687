import { expect, it } from 'vitest';
import type { Flow } from '../../../../src/commands/input/oauth/oauth-settings.js';
import { explain, type Refusal } from '../../../../src/commands/input/oauth/refusals.js';
import type { WrongAtApplication } from '../../../../src/words/advice/advice.js';

const says = (error: string | null, description: string | null = null, more: Partial<Refusal> = {}): Refusal => ({
  status: 400,
  error,
  description,
  aheadMs: null,
  ...more,
});

const CASES: readonly (readonly [Flow, string | null, string | null, WrongAtApplication])[] = [
  ['m365', 'invalid_request', "AADSTS90002: Tenant 'x' not found.", 'tenant'],
  [
    'm365',
    'unauthorized_client',
    "AADSTS700016: Application with identifier 'x' was not found in the directory",
    'application',
  ],
  [
    'm365',
    'invalid_client',
    'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value',
    'secret',
  ],
  [
    'm365',
    'invalid_client',
    "AADSTS7000222: The provided client secret keys for app 'x' are expired.",
    'secret expired',
  ],
  [
    'm365',
    'invalid_client',
    'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered',
    'certificate',
  ],
  ['m365', 'invalid_client', 'AADSTS700024: Client assertion is not within its valid time range.', 'clock'],
  [
    'm365',
    'invalid_grant',
    'AADSTS65001: The user or administrator has not consented to use the application',
    'consent',
  ],
  ['m365', 'invalid_resource', 'AADSTS500011: The resource principal named x was not found', 'permission'],
  ['m365', 'access_denied', 'AADSTS53003: Access has been blocked by Conditional Access policies.', 'policy'],
  ['m365', 'invalid_scope', 'AADSTS1002012: The provided value for scope x is not valid.', 'scope'],
  ['m365', 'invalid_client', null, 'secret'],
  ['m365', 'invalid_grant', 'AADSTS123456: of tomorrow', 'unknown'],
  ['refresh', 'invalid_grant', 'AADSTS700082: The refresh token has expired due to inactivity.', 'refresh token'],
  ['refresh', 'invalid_grant', 'Token has been expired or revoked.', 'refresh token'],
  ['refresh', 'unauthorized_client', 'Unauthorized', 'application'],
  ['google', 'unauthorized_client', 'Client is unauthorized to retrieve access tokens using this method', 'delegation'],
  ['google', 'access_denied', 'Requested client not authorized.', 'delegation'],
  ['google', 'invalid_grant', 'Invalid email or User ID', 'user'],
  ['google', 'invalid_grant', 'Invalid JWT Signature.', 'account'],
  ['google', 'invalid_grant', 'Invalid grant: account not found', 'account'],
  [
    'google',
    'invalid_grant',
    'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    'clock',
  ],
  ['google', 'admin_policy_enforced', null, 'policy'],
  ['google', 'constructor', null, 'unknown'],
  ['google', null, null, 'endpoint'],
];

it.each(CASES)('%s: %s, %s is a matter of the %s', (flow, error, description, wrong) => {
  expect(explain(says(error, description), flow).wrong).toBe(wrong);
});

it('names the codes, and the clock where it is far off', () => {
  const refusal = says('invalid_client', 'AADSTS700024: Client assertion is not within its valid time range.');
  expect(explain(refusal, 'm365').what).toMatch(/\(invalid_client, AADSTS700024\)$/);
  expect(explain({ ...refusal, aheadMs: 600_000 }, 'm365').what).toMatch(
    /AADSTS700024; this clock is 10 min ahead of it\)$/,
  );
  expect(explain({ ...refusal, aheadMs: -119_000 }, 'm365').what).not.toMatch(/clock is/);
});

it('repeats no code that is none', () => {
  expect(explain(says('eyJhbGciOi.token'), 'm365').what).not.toContain('eyJ');
  expect(explain(says(null, null, { status: 404 }), 'm365').what).toBe(
    'the answer is none of a token endpoint (HTTP 404)',
  );
});
