import type { ShownCertificate } from '../../../engine/imap/connection/transport.js';
import type { OutOfReach } from '../../../engine/login/probe.js';
import { PROBE_PATIENCE } from '../../../engine/login/probe.js';
import type { Endpoint } from '../../../store/batch/batch.js';
import { fingerprintHalves } from '../../../words/fingerprint.js';
import type { Side } from '../../../words/side.js';

/** `source mail.old.example:993` */
export function placeText(side: Side, { host, port }: Endpoint): string {
  return `${side} ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Why no session can begin there, and what helps: the end of a sentence that begins with the endpoint. */
export const OUT_OF_REACH: Readonly<Record<OutOfReach, string>> = {
  refused:
    'refuses the connection: check the port (993 for imaps://, 143 for imap://) and whether its IMAP service runs',
  'unknown host': 'has a name that does not resolve: check its spelling, and the DNS of this machine',
  'no route': 'cannot be reached from this machine: check the address, the network and the firewall',
  'no answer': `gave no answer in ${PROBE_PATIENCE / 1000} s: check host and port, and the firewall in between`,
  'no TLS': 'does not speak TLS on this port: use port 993, or imap:// with port 143',
  'old TLS': 'speaks only TLS 1.0 or 1.1, which is too old: have it updated',
  'no STARTTLS': 'offers no usable STARTTLS: use imaps:// with port 993',
  'not IMAP': 'is no IMAP server: check the port (993 for imaps://, 143 for imap://)',
};

/** The certificate in lines, for whoever is asked about it. @param why  it is not trusted */
export function certificateLines(place: string, why: string, certificate: ShownCertificate): string[] {
  const { fingerprint, subject, issuer, validTo } = certificate;
  const [first, second] = fingerprintHalves(fingerprint);
  return [
    `${place} shows a certificate that is not trusted: ${why}. Nothing was sent to it.`,
    `  SHA-256      ${first}`,
    `               ${second}`,
    `  made out to  ${subject || '-'}`,
    `  signed by    ${issuer || '-'}`,
    `  valid until  ${validTo || '-'}`,
    'Compare the SHA-256 with what whoever runs the server tells you by another way.',
  ];
}
