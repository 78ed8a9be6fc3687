/** Ways in which a sign-in by a person is refused that no other request meets. */
export type SignInRefusal =
  | 'code expired'
  | 'declined'
  | 'flow not offered'
  | 'redirect not registered'
  | 'secret wanted'
  | 'user not assigned'
  | 'blocked by policy'
  | 'administrator only'
  | 'wrong code'
  | 'no refresh token';

/** A refusal in words: why, as a clause, and the step that helps. */
interface SignInWords {
  readonly why: string;
  readonly mend: string;
}

export const OF_SIGN_INS: Readonly<Record<SignInRefusal, SignInWords>> = {
  'code expired': { why: 'the code has expired before anybody signed in', mend: 'Run `nightferry login` again.' },
  declined: {
    why: 'whoever signed in did not agree',
    mend: 'Run `nightferry login` again, and accept what the page asks for.',
  },
  'flow not offered': {
    why: 'this way to sign in is not offered there',
    mend: 'Use the other of flow = "code" and flow = "device".',
  },
  'redirect not registered': {
    why: 'the address that the browser comes back to is not registered',
    mend: 'Google: make the OAuth client of the type "Desktop app". Entra: add the platform "Mobile and desktop applications" with http://localhost.',
  },
  'secret wanted': {
    why: 'the application is not one that runs on a desk: it wants a secret',
    mend: 'Entra: App registrations, Authentication, Allow public client flows: Yes. Or give its secret by secret-file.',
  },
  'user not assigned': {
    why: 'this user may not use the application',
    mend: 'Entra: Enterprise applications, the application, Users and groups: add the user.',
  },
  'blocked by policy': {
    why: 'the tenant blocks this sign-in by a Conditional Access policy',
    mend: 'Look up the sign-in in Entra, Sign-in logs. Where device code is what is blocked, use flow = "code"; for many mailboxes flow = "m365", which needs no sign-in.',
  },
  'administrator only': {
    why: 'only an administrator may consent to this',
    mend: 'Entra: App registrations, API permissions: add IMAP.AccessAsUser.All (delegated) of Office 365 Exchange Online, and Grant admin consent.',
  },
  'wrong code': {
    why: 'a wrong code was typed at the page',
    mend: 'Run `nightferry login` again and type the code as shown.',
  },
  'no refresh token': {
    why: 'the sign-in succeeded, and no refresh token was given',
    mend: 'Ask for one by the scope: offline_access for Entra; for Google use provider = "google".',
  },
};
