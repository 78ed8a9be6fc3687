import { fingerprintHalves } from '../../../words/fingerprint.js';
import type { Side } from '../../../words/side.js';
import type { Confirmation } from '../../components/Dialog.js';
import type { Untrusted } from './services.js';

/** Asks the operator to vouch for a server. Nothing is trusted but the one certificate that was shown. */
export function trustQuestion(side: Side, { host, why, certificate }: Untrusted): Confirmation {
  const { fingerprint, subject, issuer, validTo } = certificate;
  const [first, second] = fingerprintHalves(fingerprint);
  return {
    title: `certificate of the ${side}`,
    scope: `${host} showed a certificate that cannot be trusted by itself: ${why}. Nothing was sent to it.`,
    samples: [
      'Its SHA-256 fingerprint:',
      `  ${first}`,
      `  ${second}`,
      `Made out to ${subject || 'nobody'}`,
      `Signed by ${issuer || 'nobody'}, valid until ${validTo}`,
    ],
    consequences: [
      'Compare it with what whoever runs the server tells you by another way. Then this certificate is good for this move, and no other.',
    ],
    action: 'It is the same: trust it',
    first: 'cancel',
  };
}
