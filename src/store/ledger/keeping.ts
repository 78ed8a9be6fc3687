import { z } from 'zod';
import { uidSetText } from '../documents/field-schemas.js';
import { UidSet } from '../uid/uid-set.js';

/** Whether the destination keeps the messages that it took. Source UIDs. */
export interface Keeping {
  /**
   * Messages that arrived over a connection which may still have been open when they were last seen. Some servers drop
   * messages when the session ends that stored them.
   */
  readonly unproven: UidSet;
  /** Messages that the destination took once and did not keep. */
  readonly lost: UidSet;
}

/** In the UID ledger; absent: all is proven, and nothing was lost. */
export const keepingSchema = z.strictObject({ unproven: uidSetText, lost: uidSetText });
type KeepingDocument = z.infer<typeof keepingSchema>;

/** Keeping for the document; empty where there is nothing to write. */
export function writeKeeping({ unproven, lost }: Keeping): { readonly keeping?: KeepingDocument } {
  if (unproven.isEmpty && lost.isEmpty) return {};
  return { keeping: { unproven: unproven.toString(), lost: lost.toString() } };
}

export function readKeeping(document: KeepingDocument | undefined): Keeping {
  return { unproven: UidSet.parse(document?.unproven ?? ''), lost: UidSet.parse(document?.lost ?? '') };
}
