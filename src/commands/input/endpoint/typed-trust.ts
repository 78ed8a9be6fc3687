import { BadInput } from '../../../words/bad-input.js';
import type { Io } from '../../process/io.js';
import { wholePath } from '../whole-path.js';
import type { EndpointFlags } from './endpoint-options.js';
import { looksLikeFingerprint } from './trust.js';

/** Reads the typed reason to trust a certificate: a fingerprint, or else the file of an authority. */
export function typedTrust(typed: string, place: Pick<Io, 'cwd' | 'home'>): Pick<EndpointFlags, 'ca' | 'fingerprint'> {
  const text = typed.trim();
  if (text === '') return {};
  return looksLikeFingerprint(text) ? { fingerprint: text } : { ca: wholePath(text, place) };
}

/** The form has no options: a complaint about `--source-ca` is one about its field. */
export async function inWordsOfTheForm<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(error.message.replace(/^--(source|destination)-(?:ca|fingerprint): /, '$1 certificate: '));
  }
}
