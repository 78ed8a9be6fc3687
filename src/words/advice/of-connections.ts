import type { ABOUT_CONNECTIONS } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about reaching a server, its certificate and its limits, in words. */
export const OF_CONNECTIONS: Texts<(typeof ABOUT_CONNECTIONS)[number]> = {
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
  certificate: (batch) =>
    `The server's certificate is not trusted. Check the host name against it; give the authority's certificate, or confirm the SHA-256 fingerprint with the server's administrator; then \`nightferry release ${batch}\` with --source-fingerprint or --destination-fingerprint trusts it. Verification is never switched off.`,
  'certificate time':
    'The certificate is outside its time. Check the clock of this machine first (a skewed clock looks the same), then ask the provider to renew it.',
  'wrong protocol':
    'This port does not speak IMAP over TLS as expected. Use port 993 with imaps:// or port 143 with imap:// (STARTTLS), and check for a proxy in between.',
  'old encryption':
    'The server speaks only an older version of TLS (1.0 or 1.1), or older ciphers, than are safe: TLS 1.2 is the least that is spoken here. Have it updated; or run a tunnel on this machine (stunnel with client = yes, accept = 127.0.0.1:1143, connect = HOST:993, sslVersionMin = TLSv1, verifyPeer = yes) and name imap://USER@127.0.0.1:1143 with --insecure-plaintext: in clear it goes to the tunnel and no further.',
  'no starttls': 'The server offers no usable STARTTLS. Use imaps:// on port 993; nothing is sent in plain text.',
  'let in unasked':
    'Every mailbox would get the mail of the one account that this server opens for all. Connect to the port that asks for a login; where this one account is meant, move it with --source-preauth or --destination-preauth.',
  'too much':
    'The server sent more than any mail server does (data without an end, or that nobody asked for); the connection was dropped before it filled the memory. It is tried again rarely; give the provider the time and this text.',
};
