import type { ABOUT_LOGINS } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about a login, in words. */
export const OF_LOGINS: Texts<(typeof ABOUT_LOGINS)[number]> = {
  password:
    'User name or password is refused. Check the row in the plan; log in to the web interface with the same pair. Some servers say this too when IMAP is switched off or too many connections are open.',
  token:
    'The access token has expired. It is renewed once; if that fails, check the OAuth file or the token command, and the consent of the application.',
  'application unknown':
    'The access token is good, and Exchange does not take it for this mailbox. Most often the application is not known there, or by the wrong number: `New-ServicePrincipal -AppId CLIENT-ID -ObjectId ID`, with the Object ID of the Enterprise application and not of the app registration. Else IMAP is off for the mailbox: `Set-CASMailbox -Identity MAILBOX -ImapEnabled $true`. Either may take an hour to hold; then release the mailbox.',
  'mailbox permission':
    'The login is good and may not open this mailbox, or there is none of that address. Compare the row of the plan, then `Add-MailboxPermission -Identity MAILBOX -User ID -AccessRights FullAccess`, with the Object ID of the Enterprise application, and `Set-CASMailbox -Identity MAILBOX -ImapEnabled $true`. It may take an hour to hold; then release the mailbox.',
  method:
    'This way of logging in is not accepted. Use OAuth2 where basic authentication is off, an app password where two-step login is on, and confirm any security banner in the web interface.',
  'web login':
    'The provider wants a human first. Log in to the web interface, confirm the security notice, then release the mailbox.',
  'imap off':
    'IMAP is switched off for this mailbox or domain. Switch it on in the web interface or the administration, then release the mailbox.',
  account:
    'The account is locked, disabled or expired. Unlock or renew it in the administration, then release the mailbox.',
  'admin rights':
    'The login may not act for this mailbox. Give the administrator account impersonation or proxy rights on it, or use the password of the mailbox.',
  lockout:
    'Too many failed logins: the server refuses more for now. Stop, correct the password, wait out the lock, and ask for an exception for our address in its intrusion detection.',
  'address refused':
    'The server refuses our address. Ask for an exception in its firewall, geo filter and intrusion detection for the address of this machine.',
  encryption: 'The server wants encryption before login. Use imaps:// (port 993), or imap:// with STARTTLS.',
  administrator:
    'The server asks for its administrator. Send the provider the mailbox address, the time and the exact text.',
  'another server': 'The mailbox lives on another server. Put the host that the response names into the endpoint.',
  'credential missing': 'Give the password, or mend the command that prints it, and resume.',
  'credential later': 'The mailbox goes on by itself when the token endpoint answers again.',
  'shared login': 'Answer with the password of the shared login, or mend it and resume.',
  'oauth file': 'Mend the file, then release the mailbox.',
  'token endpoint not trusted':
    'Check "token-endpoint", the clock of this machine, and for a proxy that opens TLS in between; nothing was sent.',
};
