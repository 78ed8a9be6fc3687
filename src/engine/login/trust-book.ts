import {
  type EndpointKey,
  type Endpoints,
  endpointAt,
  endpointKeys,
  endpointOf,
  type Located,
  PerEndpoint,
} from '../../store/batch/endpoints.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Trust } from '../imap/connection/transport.js';
import { readTrust } from './read-trust.js';

/** The certificate of an endpoint that is trusted. */
interface Trusted {
  now: Trust;
  isVouched: boolean;
}

/** The certificates that are trusted. An operator may vouch for another one while the batch runs. */
export class TrustBook {
  readonly #all: PerEndpoint<Trusted>;

  constructor(private readonly batch: Endpoints) {
    this.#all = new PerEndpoint((side, key) => ({
      now: { ca: null, fingerprint: endpointAt(batch, side, key).fingerprint },
      isVouched: false,
    }));
  }

  /** Asked at each connection: whoever dials later gets what counts then. */
  of(row: Located): Readonly<Record<Side, Trust>> {
    return { source: this.#all.of('source', row).now, destination: this.#all.of('destination', row).now };
  }

  /** As {@link of}, with the authority's file read again: it may have been mended. @throws BadInput  where it cannot be read */
  async again(side: Side, row: Located): Promise<Trust> {
    const { isVouched, now } = this.#all.of(side, row);
    return isVouched ? now : await readTrust(side, endpointOf(this.batch, side, row));
  }

  /** Reads the authorities' files. @throws BadInput  where one cannot be read */
  async read(): Promise<void> {
    for (const side of SIDES)
      for (const key of endpointKeys(this.batch, side)) {
        const read = await readTrust(side, endpointAt(this.batch, side, key));
        const trusted = this.#all.at(side, key);
        if (!trusted.isVouched) trusted.now = read;
      }
  }

  /** @param fingerprint  SHA-256, upper-case hex: the certificate that counts alone from now on */
  vouch(side: Side, key: EndpointKey, fingerprint: string): void {
    const trusted = this.#all.at(side, key);
    trusted.isVouched = true;
    trusted.now = { ca: null, fingerprint };
  }
}
