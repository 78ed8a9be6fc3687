import { readFile } from 'node:fs/promises';
import type { Endpoint } from '../../store/batch/batch.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import type { Trust } from '../imap/connection/transport.js';

/** Reads the certificates that the operator trusts. @throws BadInput where a file cannot be read */
export async function readTrust(side: Side, endpoint: Endpoint): Promise<Trust> {
  if (endpoint.ca === null) return { ca: null, fingerprint: endpoint.fingerprint };
  try {
    return { ca: await readFile(endpoint.ca, 'utf8'), fingerprint: endpoint.fingerprint };
  } catch (error) {
    throw new BadInput(
      `--${side}-ca ${endpoint.ca} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
