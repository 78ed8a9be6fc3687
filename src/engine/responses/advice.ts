/** Advice in an operator's words, for the person who reads the list in the morning. */
export const ADVICE = {
  nothing: 'Nothing to do.',
  passing:
    'A passing fault of the server. It is tried again by itself; if it lasts over an hour, ask the provider with this text.',
  unreachable:
    'The server cannot be reached. Check host name and port (993 for TLS, 143 for STARTTLS), DNS, the firewall between here and there, and whether the IMAP service is up.',
  'no such host': 'The host name does not resolve. Check its spelling and the DNS of this machine.',
  'connections per user':
    'This mailbox has too many connections open. Sign out its other devices and mail programs, lower the connections per mailbox here, or ask the provider for a higher limit per user (Dovecot: mail_max_userip_connections).',
  'connections per server':
    'The server takes no more connections from this address. Lower the number of mailboxes at once, or ask the provider to raise its limits per address and in total for the migration.',
  throttled:
    'The server slows us down. The wait it names is obeyed and fewer connections are used; ask the provider to lift the limits for the migration (Microsoft 365: throttling policy; Gmail: 2,500 MB a day down, 500 MB up).',
  'server unavailable':
    "Exchange says this when a mailbox's budget is used up, and also when it is full. Look at the quota meter; if there is room, fewer connections and a relaxed throttling policy help.",
  maintenance:
    "The mailbox's state forbids this for now (repair, move, indexing, maintenance). It is tried again every few minutes; after an hour ask the provider when it ends. The web interface often shows a banner.",
  'read-only':
    'The mailbox is read-only for now, as at a cutover or in repair. End the freeze or give write access, then it goes on by itself.',
  locked:
    'Another session holds the mailbox. Close other mail programs and other migration tools on it; it is tried again by itself.',
  'server fault':
    'The server failed inside. It is tried two or three times, then rarely; give the provider the time and the exact text so that it can be found in the server log.',
  'server setup':
    "A lasting fault of the server's set-up: mail is copied all the same, but each message may take a second. It does not pass by itself; ask the server's administrator to start the file monitor that the text names, or to raise its limit.",
  'unknown outcome':
    'The server does not say how much was done. What arrived is read back before anything is tried again.',
  'no mailbox':
    'The server lists files that are no mailboxes; some list a whole home directory. Open one in the web mail: where it holds no mail, leave such names out with --exclude or skip these failures.',
  corrupt:
    'The server holds damaged data. Ask its administrator to repair the folder (Dovecot: force-resync, Cyrus: reconstruct, Zimbra and Kerio: reindex), then retry.',
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
  certificate:
    "The server's certificate is not trusted. Check the host name against it; give the authority's certificate, or confirm the SHA-256 fingerprint with the server's administrator; then `nightferry release NAME` with --source-fingerprint or --destination-fingerprint trusts it. Verification is never switched off.",
  'certificate time':
    'The certificate is outside its time. Check the clock of this machine first (a skewed clock looks the same), then ask the provider to renew it.',
  'wrong protocol':
    'This port does not speak IMAP over TLS as expected. Use port 993 with imaps:// or port 143 with imap:// (STARTTLS), and check for a proxy in between.',
  'old encryption':
    'The server speaks only an older version of TLS (1.0 or 1.1), or older ciphers, than are safe: TLS 1.2 is the least that is spoken here. Have it updated; or run a tunnel on this machine (stunnel with client = yes, accept = 127.0.0.1:1143, connect = HOST:993, sslVersionMin = TLSv1, verifyPeer = yes) and name imap://USER@127.0.0.1:1143 with --insecure-plaintext: in clear it goes to the tunnel and no further.',
  'no starttls': 'The server offers no usable STARTTLS. Use imaps:// on port 993; nothing is sent in plain text.',
  'another server': 'The mailbox lives on another server. Put the host that the response names into the endpoint.',
  'full mailbox':
    'The destination is full. Look at its quota meter, raise the quota or empty the trash, then retry; smaller messages may still fit.',
  'quota warning': 'The mailbox is near or over its quota. Raise it before the copy gets stuck.',
  'message size':
    "The message is over the server's size limit. Ask the provider to raise it for the migration, or skip the message; its UID is not tried again by itself.",
  'message refused':
    'The server will not take this message (malformed, empty, forbidden content). It is skipped and listed; export it or skip it for good.',
  'let in unasked':
    'Every mailbox would get the mail of the one account that this server opens for all. Connect to the port that asks for a login; where this one account is meant, move it with --source-preauth or --destination-preauth.',
  flags: 'A flag or keyword is not accepted. The message is stored without it, and the loss is noted.',
  'part refused': 'The server cannot give this message in full. It is fetched raw once, then skipped and listed.',
  gone: 'The message was deleted meanwhile. Nothing is lost that was there.',
  'folder missing':
    'The folder is not there (deleted, renamed, or a container without mail). The other folders go on; look at the folder map.',
  'folder to create': 'The folder is missing at the destination. It is created once, then the message is tried again.',
  'special use': 'The server does not take this special use. The folder is created without it.',
  'folder name':
    'The server does not accept this folder name (characters, length, depth, prefix). Map it to another name.',
  'folder rights':
    'Access rights forbid this. Give the login rights on the folder (read at the source; insert, write and create at the destination), or leave the folder out.',
  'command off': 'This server has this command switched off. What depends on it is left out.',
  'folder unusable':
    'The folder cannot be opened or made. The other folders go on; try it in the web interface, then retry.',
  'too much':
    'The server sent more than any mail server does (data without an end, or that nobody asked for); the connection was dropped before it filled the memory. It is tried again rarely; give the provider the time and this text.',
  'our bug':
    'The server did not understand us. The exchange is logged whole; please report it with the server name and version.',
} as const;
export type Advice = keyof typeof ADVICE;

/** Stands in an advice for the batch, where a command is to be typed: `nightferry resume NAME`. */
const BATCH = 'NAME';

/** An advice with the commands as they are typed for this batch. */
export function withBatchName(advice: string, batch: string): string {
  return advice.replaceAll(` ${BATCH}`, ` ${batch}`);
}
