import { formatPairs, type PairsText } from '../uid/uid-pairs-text.js';
import { UidSet } from '../uid/uid-set.js';
import type { Settlement } from './settlement.js';
import type { UidShardDocument } from './uid-ledger-document.js';
import { UID_LEDGER_VERSION } from './uid-ledger-document.js';

/** Runs of each kind that the document of a checkpoint may hold: about 100 KB. */
const OPEN_RUNS = 4096;

/**
 * Divides a settlement into sealed parts, in files that never change, and an open part, which every checkpoint writes.
 * Half a million messages that were acknowledged in no order are 122 sealed parts and a short document.
 */
export class LedgerParts {
  readonly #ledger: string;
  #shards: UidSet;
  #nextShard: number;
  #runs = 0;
  #unknown = new UidSet();
  #vanished = new UidSet();

  constructor(ledger: string, shards: UidSet, nextShard: number) {
    this.#ledger = ledger;
    this.#shards = shards;
    this.#nextShard = nextShard;
  }

  get shards(): UidSet {
    return this.#shards;
  }

  get nextShard(): number {
    return this.#nextShard;
  }

  /** A part was read, so its messages, and the pairs that the settlement holds, count as sealed. */
  restored(settlement: Settlement, shard: UidShardDocument): void {
    this.#sealRuns(settlement, settlement.pairs.runs);
    this.#unknown.addAll(UidSet.parse(shard.unknown));
    this.#vanished.addAll(UidSet.parse(shard.vanished));
  }

  /** The content of the open document. */
  open(settlement: Settlement): { readonly pairs: PairsText; readonly unknown: string; readonly vanished: string } {
    return {
      pairs: settlement.pairs.text(this.#runs),
      unknown: settlement.unknown.minus(this.#unknown).toString(),
      vanished: settlement.vanished.minus(this.#vanished).toString(),
    };
  }

  /** Seals what has no room in the open document.  @returns the parts to be written before it */
  overflow(settlement: Settlement): UidShardDocument[] {
    const parts: UidShardDocument[] = [];
    const { pairs } = settlement;
    if (pairs.runs - this.#runs > OPEN_RUNS) pairs.compact();
    while (pairs.runs - this.#runs > OPEN_RUNS) {
      const to = this.#runs + OPEN_RUNS;
      parts.push(this.#part(pairs.text(this.#runs, to), new UidSet(), new UidSet()));
      this.#sealRuns(settlement, to);
    }
    const unknown = settlement.unknown.minus(this.#unknown);
    const vanished = settlement.vanished.minus(this.#vanished);
    if (unknown.runs > OPEN_RUNS || vanished.runs > OPEN_RUNS) {
      parts.push(this.#part(formatPairs([]), unknown, vanished));
      this.#unknown.addAll(unknown);
      this.#vanished.addAll(vanished);
    }
    return parts;
  }

  /** Drops all parts, because everything was voided. Their numbers are not used again. */
  clear(): void {
    this.#shards = new UidSet();
    this.#runs = 0;
    this.#unknown = new UidSet();
    this.#vanished = new UidSet();
  }

  #sealRuns(settlement: Settlement, to: number): void {
    this.#runs = to;
    settlement.pairs.seal(to);
  }

  #part(pairs: PairsText, unknown: UidSet, vanished: UidSet): UidShardDocument {
    const shard = this.#nextShard++;
    this.#shards.add(shard);
    return {
      version: UID_LEDGER_VERSION,
      ledger: this.#ledger,
      shard,
      pairs,
      unknown: unknown.toString(),
      vanished: vanished.toString(),
    };
  }
}
