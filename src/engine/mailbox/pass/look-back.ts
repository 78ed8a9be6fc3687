import { inParallel } from '../../../store/documents/in-parallel.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { knownFolder } from './folder-plan.js';
import { folderProgress } from './folder-progress.js';
import { lookWhether } from './look-whether-kept.js';
import type { PassParts } from './pass-parts.js';
import type { FolderTally } from './tally.js';

/** Ledgers that are opened at a time. */
const AT_A_TIME = 16;

/**
 * Looks whether the destination keeps messages that earlier attempts stored. A kill or a dropped connection may have
 * come before anybody looked. All connections of this attempt were opened after that.
 */
export class LookBack {
  /** Source folders that were looked into. Messages that become unproven from now on are of this pass. */
  readonly #asked = new Set<string>();

  constructor(private readonly parts: PassParts) {}

  /** Looks into folders in which nothing else is to be done.  @param settled  their tallies */
  async intoSettled(pairs: readonly FolderPair[], settled: readonly FolderTally[]): Promise<void> {
    const { folders } = this.parts.record.data;
    const unproven = new Set(folders.filter(({ proven }) => !proven).map(({ source }) => source));
    if (unproven.size === 0) return;
    const byName = new Map(pairs.map((pair) => [pair.source.name, pair]));
    await inParallel(settled, AT_A_TIME, async (tally) => {
      const pair = unproven.has(tally.source) && byName.get(tally.source);
      if (pair) await this.#look(pair, tally);
      return [];
    });
  }

  /** Looks into a folder that is about to be prepared.  @param status  of the destination's folder */
  async into(pair: FolderPair, tally: FolderTally, status: () => Promise<FolderStatus | undefined>): Promise<void> {
    const { name } = pair.source;
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    const { record, checkpoints } = this.parts;
    const ledger = await record.ledger({ source: name, destination: pair.destination.name });
    if (ledger.unproven.isEmpty) return;
    if (knownFolder(record.data.folders, pair)?.proven) {
      // Written to disk before the folder is noted anew. A message that is missing by now was removed by somebody at
      // the destination.
      checkpoints.watch(ledger);
      ledger.proven(ledger.unproven);
      return;
    }
    const uidValidity = (await status())?.uidValidity ?? null;
    // A folder that was made anew holds none of our messages.
    if (uidValidity !== null && uidValidity === ledger.identity.destination.uidValidity) await this.#look(pair, tally);
  }

  async #look(pair: FolderPair, tally: FolderTally): Promise<void> {
    const { context, record, memory, onProgress } = this.parts;
    const ledger = await record.ledger({ source: pair.source.name, destination: pair.destination.name });
    const changed = (how: 'stored' | 'other') => onProgress(tally.source, how);
    const progress = folderProgress({ tally, ledger, errors: record.errors, failed: memory.failed, changed });
    const owing = { pair, ledger, sent: { get: () => undefined }, progress, tally };
    await lookWhether(this.parts, context.connections.destination.read, owing, null);
  }
}
