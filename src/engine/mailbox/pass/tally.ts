import { type Counts, type FolderEntity, NO_COUNTS } from '../../../protocol/entities.js';
import { bytesLeftBy } from '../../../protocol/figures.js';
import type { FolderSize } from '../../eta/expected.js';
import { sanitise } from '../../responses/sanitise.js';

/** Counts of one folder, as they grow. */
export class FolderTally {
  total = 0;
  copied = 0;
  matched = 0;
  skipped = 0;
  outside = 0;
  failed = 0;
  vanished = 0;
  carried = 0;
  bytesTotal = 0;
  bytesCopied = 0;
  /** Bytes of messages that are still to be settled; null: nobody has listed them in this run. */
  bytesUnsettled: number | null = null;
  /** Messages that the source counted when the pass began; null: it told nothing. */
  told: number | null = null;
  /** Nothing is to be done in the folder, so its counts are final. */
  isSettled = false;
  way: string | null = null;
  /** The source folder's name on the wire; null: it is not known in this run. */
  wire: string | null = null;

  constructor(
    readonly source: string,
    /** Changes where the destination keeps the folder under another name than it was made with. */
    public destination: string,
    counts?: Counts,
  ) {
    if (counts) Object.assign(this, { ...counts, left: undefined });
  }

  get counts(): Counts {
    const { total, copied, matched, skipped, outside, failed, vanished, carried, bytesTotal, bytesCopied } = this;
    const left = Math.max(0, total - copied - matched - skipped - outside - failed - vanished);
    return { total, copied, matched, skipped, outside, failed, vanished, left, carried, bytesTotal, bytesCopied };
  }

  /** Its size, as far as is known. */
  get size(): FolderSize {
    const isCounted = this.isSettled || this.bytesUnsettled !== null;
    return { total: this.total, bytes: this.bytesTotal, told: isCounted ? null : this.told };
  }

  /** Bytes that are still to be settled: as listed, else as the kept counts tell. */
  get bytesLeft(): number {
    const { counts, bytesUnsettled } = this;
    return bytesUnsettled === null || counts.left === 0 ? bytesLeftBy(counts) : bytesUnsettled;
  }

  /** Settles `count` messages whose sizes are not known; a negative count opens them again. */
  settledOfUnknownSize(count: number): void {
    const { left } = this.counts;
    if (left > 0) this.settledBytes((this.bytesLeft / left) * count);
  }

  /** @param bytes  negative: they are open again */
  settledBytes(bytes: number): void {
    if (this.bytesUnsettled !== null) this.bytesUnsettled = Math.max(0, this.bytesUnsettled - bytes);
  }

  get entity(): FolderEntity {
    return folderEntity({ source: this.source, destination: this.destination, counts: this.counts, way: this.way });
  }
}

/** The entity of a folder. Its names are texts of servers, so they are made harmless for a terminal. */
export function folderEntity(folder: FolderEntity): FolderEntity {
  return { ...folder, source: sanitise(folder.source), destination: sanitise(folder.destination) };
}

export function sumCounts(all: Iterable<Counts>): Counts {
  const sum: Record<keyof Counts, number> = { ...NO_COUNTS };
  for (const counts of all) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  return sum;
}
