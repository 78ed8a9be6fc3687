import { type Counts, type FolderEntity, NO_COUNTS } from '../../../protocol/entities.js';
import { sanitise } from '../../responses/sanitise.js';

/** Counts of one folder, as they grow. */
export class FolderTally {
  total = 0;
  copied = 0;
  matched = 0;
  skipped = 0;
  failed = 0;
  vanished = 0;
  bytesTotal = 0;
  bytesCopied = 0;
  way: string | null = null;

  constructor(
    readonly source: string,
    /** Changes where the destination keeps the folder under another name than it was made with. */
    public destination: string,
    counts?: Counts,
  ) {
    if (counts) Object.assign(this, { ...counts, left: undefined });
  }

  get counts(): Counts {
    const { total, copied, matched, skipped, failed, vanished, bytesTotal, bytesCopied } = this;
    const left = Math.max(0, total - copied - matched - skipped - failed - vanished);
    return { total, copied, matched, skipped, failed, vanished, left, bytesTotal, bytesCopied };
  }

  get entity(): FolderEntity {
    return folderEntity({ source: this.source, destination: this.destination, counts: this.counts, way: this.way });
  }
}

/** Names of folders are texts of servers, too: shown without what a terminal would act on. */
export function folderEntity(folder: FolderEntity): FolderEntity {
  return { ...folder, source: sanitise(folder.source), destination: sanitise(folder.destination) };
}

export function sumCounts(all: Iterable<Counts>): Counts {
  const sum: Record<keyof Counts, number> = { ...NO_COUNTS };
  for (const counts of all) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  return sum;
}
