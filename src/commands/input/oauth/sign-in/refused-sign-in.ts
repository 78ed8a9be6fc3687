import { OF_APPLICATIONS } from '../../../../words/advice/of-applications.js';
import type { Denied } from '../ask-endpoint.js';
import { entraDigits, explain, type Refusal } from '../refusals.js';
import type { SignedIn } from './person.js';

type NotSignedIn = Extract<SignedIn, { readonly ok: false }>;

interface Words {
  readonly why: string;
  readonly mend: string;
}

const EXPIRED: Words = { why: 'the code has expired before anybody signed in', mend: 'Run `nightferry login` again.' };
const DECLINED: Words = {
  why: 'whoever signed in did not agree',
  mend: 'Run `nightferry login` again, and accept what the page asks for.',
};

/** Refusals that only a sign-in meets. */
const BY_ERROR: Readonly<Record<string, Words>> = {
  expired_token: EXPIRED,
  code_expired: EXPIRED,
  access_denied: DECLINED,
  authorization_declined: DECLINED,
  unsupported_grant_type: {
    why: 'this way to sign in is not offered there',
    mend: 'Use the other of flow = "code" and flow = "device".',
  },
  redirect_uri_mismatch: {
    why: 'the address that the browser comes back to is not registered',
    mend: 'Google: make the OAuth client of the type "Desktop app". Entra: add the platform "Mobile and desktop applications" with http://localhost.',
  },
};

/** Entra's numbers that only a sign-in meets. */
const BY_CODE: Readonly<Record<string, Words>> = {
  AADSTS7000218: {
    why: 'the application is not one that runs on a desk: it wants a secret',
    mend: 'Entra: App registrations, Authentication, Allow public client flows: Yes. Or give its secret by secret-file.',
  },
  AADSTS50011: BY_ERROR.redirect_uri_mismatch!,
  AADSTS500113: BY_ERROR.redirect_uri_mismatch!,
  AADSTS50105: {
    why: 'this user may not use the application',
    mend: 'Entra: Enterprise applications, the application, Users and groups: add the user.',
  },
  AADSTS53003: {
    why: 'the tenant blocks this sign-in by a Conditional Access policy',
    mend: 'Look up the sign-in in Entra, Sign-in logs. Where device code is what is blocked, use flow = "code"; for many mailboxes flow = "m365", which needs no sign-in.',
  },
  AADSTS90094: {
    why: 'only an administrator may consent to this',
    mend: 'Entra: App registrations, API permissions: add IMAP.AccessAsUser.All (delegated) of Office 365 Exchange Online, and Grant admin consent.',
  },
  AADSTS70020: EXPIRED,
  AADSTS70019: EXPIRED,
  AADSTS70018: {
    why: 'a wrong code was typed at the page',
    mend: 'Run `nightferry login` again and type the code as shown.',
  },
};

/** A refusal of a sign-in, in plain words; nothing of what was sent is in it. */
export function refusedSignIn(host: string, refusal: Refusal): NotSignedIn {
  const digits = entraDigits(refusal.description);
  const code = digits === null ? null : `AADSTS${digits}`;
  const { error } = refusal;
  const own =
    (code !== null && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined) ??
    (error !== null && Object.hasOwn(BY_ERROR, error) ? BY_ERROR[error] : undefined);
  if (own) return { ok: false, why: `${host} says no: ${own.why} (${code ?? error})`, mend: own.mend };
  const { what, wrong } = explain(refusal, 'refresh');
  return { ok: false, why: `${host} says no: ${what}`, mend: OF_APPLICATIONS[wrong] };
}

/** @param denied  what came of a request that may not be repeated */
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

export const NO_REFRESH_TOKEN: NotSignedIn = {
  ok: false,
  why: 'the sign-in succeeded, and no refresh token was given',
  mend: 'Ask for one by the scope: offline_access for Entra; for Google use provider = "google".',
};

export const TOO_LATE: NotSignedIn = { ok: false, ...EXPIRED };
