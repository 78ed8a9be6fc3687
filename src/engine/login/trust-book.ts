import type { Batch } from '../../store/batch/batch.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Trust } from '../imap/connection/transport.js';
import { readTrust } from './read-trust.js';

/** The certificates that are trusted. An operator may vouch for another one while the batch runs. */
export class TrustBook {
  readonly #now: Record<Side, Trust>;
  readonly #vouched = new Set<Side>();

  constructor(private readonly batch: Pick<Batch, Side>) {
    const [source, destination] = SIDES.map((side): Trust => ({ ca: null, fingerprint: batch[side].fingerprint }));
    this.#now = { source: source!, destination: destination! };
  }

  /** Live: whoever dials later reads what counts then. */
  get now(): Readonly<Record<Side, Trust>> {
    return this.#now;
  }

  /** As {@link now}, with the authority's file read again: it may have been mended. @throws BadInput  where it cannot be read */
  async again(side: Side): Promise<Trust> {
    return this.#vouched.has(side) ? this.#now[side] : await readTrust(side, this.batch[side]);
  }

  /** Reads the authorities' files. @throws BadInput  where one cannot be read */
  async read(): Promise<void> {
    for (const side of SIDES) {
      const read = await readTrust(side, this.batch[side]);
      if (!this.#vouched.has(side)) this.#now[side] = read;
    }
  }

  /** @param fingerprint  SHA-256, upper-case hex: the certificate that counts alone from now on */
  vouch(side: Side, fingerprint: string): void {
    this.#vouched.add(side);
    this.#now[side] = { ca: null, fingerprint };
  }
}
