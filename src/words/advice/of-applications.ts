import type { WrongAtApplication } from './advice.js';

/** Advice about an application that a token endpoint refuses, in words. */
export const OF_APPLICATIONS: Readonly<Record<WrongAtApplication, string>> = {
  tenant: 'Compare "tenant" with the Directory (tenant) ID in Entra, Overview.',
  application:
    'Compare "client-id" with the Application (client) ID, and "tenant" with the tenant where it is registered.',
  secret: 'Use the Value of the secret, not its Secret ID (Entra: App registrations, Certificates & secrets).',
  'secret expired':
    'Make a new one (Entra: App registrations, Certificates & secrets, New client secret) and put its Value where the old one is.',
  certificate:
    'Upload the certificate of this file to the application (Entra: App registrations, Certificates & secrets, Certificates), and see that it has not expired: openssl x509 -enddate -noout -in FILE',
  consent:
    'Entra: App registrations, API permissions, Grant admin consent. The permission is IMAP.AccessAsApp of Office 365 Exchange Online.',
  permission:
    'Entra: API permissions, Add, APIs my organization uses, Office 365 Exchange Online, Application permissions, IMAP.AccessAsApp; then Grant admin consent.',
  policy:
    'Look up this sign-in in Entra, Sign-in logs, Service principal sign-ins, and exempt the application from the Conditional Access policy named there.',
  clock: 'Set the clock: timedatectl set-ntp true',
  user: 'Correct the user in the row of the plan: it is the primary address, with its domain.',
  delegation:
    'Admin console: Security, API controls, Domain-wide delegation: Client ID is the Unique ID of the service account (21 digits), scope as in the file (https://mail.google.com/). It may take some minutes to hold.',
  account:
    'Look at it in the Google Cloud console (IAM & Admin, Service Accounts) and make a new key: Keys, Add key, JSON.',
  scope: 'Leave "scope" out of the file: the usual one is taken.',
  'refresh token': 'Sign in again and put the new refresh token into its file.',
  endpoint: 'Check "token-endpoint", and for a proxy in between.',
  unknown: 'Look up the code at https://login.microsoftonline.com/error or in the documentation of the provider.',
};
