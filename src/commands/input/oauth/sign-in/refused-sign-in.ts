import { OF_APPLICATIONS } from '../../../../words/advice/of-applications.js';
import { OF_SIGN_INS, type SignInRefusal } from '../../../../words/advice/of-sign-ins.js';
import type { Denied } from '../ask-endpoint.js';
import { entraDigits, explain, type Refusal } from '../refusals.js';
import type { SignedIn } from './person.js';

type NotSignedIn = Extract<SignedIn, { readonly ok: false }>;

/** Refusals that only a sign-in meets. */
const BY_ERROR: Readonly<Record<string, SignInRefusal>> = {
  expired_token: 'code expired',
  code_expired: 'code expired',
  access_denied: 'declined',
  authorization_declined: 'declined',
  unsupported_grant_type: 'flow not offered',
  redirect_uri_mismatch: 'redirect not registered',
};

/** Entra's numbers that only a sign-in meets. */
const BY_CODE: Readonly<Record<string, SignInRefusal>> = {
  AADSTS7000218: 'secret wanted',
  AADSTS50011: 'redirect not registered',
  AADSTS500113: 'redirect not registered',
  AADSTS50105: 'user not assigned',
  AADSTS53003: 'blocked by policy',
  AADSTS90094: 'administrator only',
  AADSTS70020: 'code expired',
  AADSTS70019: 'code expired',
  AADSTS70018: 'wrong code',
};

/** A refusal of a sign-in, in plain words; nothing of what was sent is in it. */
export function refusedSignIn(host: string, refusal: Refusal): NotSignedIn {
  const digits = entraDigits(refusal.description);
  const code = digits === null ? null : `AADSTS${digits}`;
  const { error } = refusal;
  const own =
    (code !== null && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined) ??
    (error !== null && Object.hasOwn(BY_ERROR, error) ? BY_ERROR[error] : undefined);
  if (own) {
    const { why, mend } = OF_SIGN_INS[own];
    return { ok: false, why: `${host} says no: ${why} (${code ?? error})`, mend };
  }
  const { what, wrong } = explain(refusal, 'refresh');
  return { ok: false, why: `${host} says no: ${what}`, mend: OF_APPLICATIONS[wrong] };
}

/** @param denied  the outcome of a request that may not be repeated */
export function deniedSignIn(host: string, denied: Denied): NotSignedIn {
  switch (denied.kind) {
    case 'refused':
      return refusedSignIn(host, denied.refusal);
    case 'untrusted':
      return {
        ok: false,
        why: `the certificate of ${host} is not trusted (${denied.why})`,
        mend: 'Check the endpoint, the clock of this machine, and for a proxy that opens TLS in between; nothing was sent.',
      };
    case 'later':
      return { ok: false, why: `${host} does not serve for now (${denied.why})`, mend: 'Try again in a while.' };
  }
}

export const NO_REFRESH_TOKEN: NotSignedIn = { ok: false, ...OF_SIGN_INS['no refresh token'] };

export const TOO_LATE: NotSignedIn = { ok: false, ...OF_SIGN_INS['code expired'] };
