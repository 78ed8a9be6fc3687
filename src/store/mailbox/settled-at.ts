import { z } from 'zod';
import { decimal, uidValidity } from '../documents/field-schemas.js';
import { MAX_UID } from '../uid/uid.js';

/**
 * The counters of the source folder when nothing in it was left to do. While they stay the same, nothing is left to do.
 */
export const settledAtSchema = z.strictObject({
  uidValidity: uidValidity,
  uidNext: z
    .int()
    .min(1)
    .max(MAX_UID + 1)
    .nullable(),
  highestModseq: decimal.nullable(),
  messages: z.int().min(0),
  /** UIDVALIDITY of the destination folder at that time. A folder that was made anew holds nothing of ours. */
  destinationUidValidity: uidValidity.nullable(),
  /** How many passes since then believed the counters and did not look into the folder. */
  believed: z.int().min(0),
  /** How many messages `--deleted skip` had left out. A run without it copies them. */
  leftOut: z.int().min(0),
  /** The days whose messages were copied, as `showDayRange` writes them; '': all days. */
  days: z.string(),
});
