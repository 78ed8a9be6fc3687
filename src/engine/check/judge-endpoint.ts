import type { Endpoint } from '../../store/batch/batch.js';
import type { Side } from '../../words/side.js';
import { whyUntrusted } from '../../words/untrusted.js';
import type { OutOfReach, Probed } from '../login/probe.js';
import { type Finding, finding } from './finding.js';

/** Milliseconds before its end in which a certificate is reported: a night, its repetitions, and a week to act. */
const SOON = 14 * 86_400_000;
const WITHOUT_TLS: ReadonlySet<OutOfReach> = new Set(['no TLS', 'old TLS', 'no STARTTLS']);

/** A server before anybody logs in. @param now  milliseconds since the epoch */
export function judgeEndpoint(
  side: Side,
  { fingerprint }: Pick<Endpoint, 'fingerprint'>,
  probed: Probed,
  now: number,
): readonly Finding[] {
  switch (probed.kind) {
    case 'out of reach':
      return [finding(WITHOUT_TLS.has(probed.why) ? 'no-tls' : 'server-unreachable', side, { told: probed.why })];
    case 'turned away':
      return [finding('server-turns-away', side, { told: probed.line })];
    case 'untrusted': {
      const { code, certificate } = probed;
      const told = `${whyUntrusted(code) ?? code}; SHA-256 ${certificate.fingerprint}`;
      return [finding('certificate-untrusted', side, { told })];
    }
    case 'answers': {
      // A certificate that is trusted by its fingerprint is trusted after its end, too.
      if (probed.certificate === undefined || fingerprint !== null) return [];
      const { validTo } = probed.certificate;
      const ends = Date.parse(validTo);
      return ends - now < SOON ? [finding('certificate-expiring', side, { told: validTo })] : [];
    }
  }
}
