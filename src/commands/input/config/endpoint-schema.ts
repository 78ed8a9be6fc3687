import { z } from 'zod';
import { WAYS } from '../credentials/ways.js';
import { parseEndpointUrl } from '../endpoint/endpoint-url.js';
import { parseFingerprint } from '../endpoint/trust.js';
import { command, judged, text, textOrNumber } from '../judged.js';
import { parseBudgets } from '../limits/budget-text.js';
import { parseRate } from '../limits/limit-options.js';
import { checkLoginTemplate } from '../login-template.js';
import { SERVER_NAME } from './server-name.js';

export const NAME = z.string().regex(SERVER_NAME, 'a name of letters, digits, . _ - is expected');

const budget = (key: string) => judged(text, (value) => parseBudgets(value, key));

/** A server and the way to log in there: `[source]`, `[destination]` and `[server.NAME]`. */
export const endpointTable = z.strictObject({
  url: judged(text, (value) => parseEndpointUrl(value, 'url', 'starttls'))
    .optional()
    .describe('imaps://host[:993] (TLS) or imap://host[:143] (STARTTLS); a user before the @ is the admin of authzid'),
  oauth: NAME.optional().describe('the table [oauth.NAME] that gets access tokens'),
  'password-command': command('password-command').describe(
    'command that prints the password; {email} and {user} are filled in, no shell is run',
  ),
  'password-file': text.optional().describe('file with the password in its first line, mode 600'),
  'password-env': text.optional().describe('environment variable with the password'),
  'token-command': command('token-command').describe('command that prints an OAuth2 access token'),
  login: judged(text, (value) => checkLoginTemplate(value, 'login'))
    .optional()
    .describe("user to log in as, over {email} {user} {domain}, like '{user}*admin'"),
  authzid: z.boolean().optional().describe('log in as the user in the URL, act as the mailbox (SASL PLAIN)'),
  preauth: z.boolean().optional().describe('let the server open its one account without a login; for `move`'),
  ca: text.optional().describe('PEM file of the authority that signed its certificate'),
  fingerprint: judged(text, (value) => parseFingerprint(value, 'fingerprint'))
    .optional()
    .describe('SHA-256 fingerprint of its certificate, for a self-signed one'),
  profile: text
    .optional()
    .describe('what is known of the server: a profile of `nightferry profile`, or a file; default: found by itself'),
  budget: z
    .union([budget('budget'), z.strictObject({ down: budget('down').optional(), up: budget('up').optional() })])
    .optional()
    .describe(
      'what an account may be asked for: "2000MB/day", "10000 messages/day"; { down = ..., up = ... } where the server may be source or destination',
    ),
  rate: judged(textOrNumber, (value) => parseRate(String(value), 'rate'))
    .optional()
    .describe('bytes a second, at most, like "4M"'),
});
export type EndpointTable = z.infer<typeof endpointTable>;

/** Faults that only show when keys are held together, with the key where they show. */
export function endpointFaults(
  written: Readonly<Record<string, unknown>>,
): readonly { readonly key: string; readonly why: string }[] {
  const all = Object.values(WAYS);
  const ways = all.filter((key) => key in written);
  return [
    ...ways.slice(1).map((key) => ({ key, why: `give one of ${all.join(', ')}, not more than one` })),
    ...('login' in written && written.authzid === true
      ? [{ key: 'authzid', why: 'give login or authzid, not both' }]
      : []),
  ];
}
