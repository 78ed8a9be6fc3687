import type { Environment } from '../../process/io.js';
import { wholePath } from '../whole-path.js';
import type { EndpointFlags } from './endpoint-options.js';
import { looksLikeFingerprint } from './trust.js';

/** Reads the typed reason to trust a certificate: a fingerprint, or else the file of an authority. */
export function typedTrust(
  typed: string,
  place: Pick<Environment, 'cwd' | 'home'>,
): Pick<EndpointFlags, 'ca' | 'fingerprint'> {
  const text = typed.trim();
  if (text === '') return {};
  return looksLikeFingerprint(text) ? { fingerprint: text } : { ca: wholePath(text, place) };
}
