import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Endpoint } from '../../../store/batch/batch.js';
import { SIDES } from '../../../words/side.js';
import type { Stderr } from '../../process/io.js';

/** Said each time, not only when the batch is made. */
export async function warnOfPlaintext(
  ends: Readonly<Record<'source' | 'destination', Endpoint>>,
  io: Stderr,
): Promise<void> {
  for (const side of SIDES) {
    if (ends[side].security !== 'plaintext') continue;
    await io.err
      .write(
        `warning: ${side} ${showEndpoint(ends[side])} is spoken to in plaintext: passwords and mail can be read on the way\n`,
      )
      .catch(() => undefined);
  }
}
