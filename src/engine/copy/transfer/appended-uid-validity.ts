import { UidValidityChanged } from '../../imap/commands/desk.js';
import { destinationStatus } from '../prepare/destination-status.js';
import type { Stored } from './append-target.js';
import type { Connections } from './connections.js';

/**
 * Compares UIDVALIDITY as APPENDUID names it (RFC 4315) with the folder's. It is not compared with the ledger's: where
 * STATUS told none, the ledger's is made up, and no APPENDUID agrees with it.
 */
export class AppendedUidValidity {
  #other: string | null = null;

  /** @param before  of the folder when it was prepared; null: not told */
  constructor(private readonly before: string | null) {}

  /** @returns why the UIDs of an APPENDUID cannot be used; null: nothing speaks against them */
  speaksAgainst([first]: readonly Stored[]): string | null {
    if (!first?.uidValidity || !this.before || first.uidValidity === this.before) return null;
    this.#other = first.uidValidity;
    return `it names the UIDVALIDITY ${first.uidValidity}, and the folder has ${this.before}`;
  }

  /** Whether the folder was made anew, or APPENDUID names a UIDVALIDITY that the folder does not have. @throws UidValidityChanged */
  async check(
    connections: Connections,
    { wire, name }: { readonly wire: string; readonly name: string },
  ): Promise<void> {
    if (this.#other === null) return;
    const { uidValidity } = await destinationStatus(connections, wire);
    const { uidValidities } = connections.destination.read;
    if (uidValidity === null || uidValidity === this.before || !uidValidities.lasting) return;
    uidValidities.see(wire, uidValidity);
    throw new UidValidityChanged('destination', name, this.before, uidValidity);
  }
}
