import { showEndpoint } from '../../../protocol/show-endpoint.js';
import { type Endpoints, endpointAt, endpointKeys } from '../../../store/batch/endpoints.js';
import { SIDES } from '../../../words/side.js';
import type { Stderr } from '../../process/io.js';

/** Said each time, not only when the batch is made. */
export async function warnOfPlaintext(batch: Endpoints, io: Stderr): Promise<void> {
  for (const side of SIDES)
    for (const key of endpointKeys(batch, side)) {
      const endpoint = endpointAt(batch, side, key);
      if (endpoint.security !== 'plaintext') continue;
      const place = `${side} ${showEndpoint(endpoint)}`;
      await io.err
        .write(`warning: ${place} is spoken to in plaintext: passwords and mail can be read on the way\n`)
        .catch(() => undefined);
    }
}
