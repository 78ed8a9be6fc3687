import { z } from 'zod';
import { decimal, uidValidity } from '../documents/field-schemas.js';
import { MAX_UID } from '../uid/uid.js';

/** The source folder as it was when nothing in it was left to do: the same again means that nothing is. */
export const settledAtSchema = z.strictObject({
  uidValidity: uidValidity,
  uidNext: z
    .int()
    .min(1)
    .max(MAX_UID + 1)
    .nullable(),
  highestModseq: decimal.nullable(),
  messages: z.int().min(0),
  /** Of the destination folder then: made anew, it holds nothing of ours. */
  destinationUidValidity: uidValidity.nullable(),
  /** Passes since then that believed the counters and did not look into the folder. */
  believed: z.int().min(0),
  /** Messages that `--deleted skip` had left out by then: a run without it copies them. */
  leftOut: z.int().min(0),
  /** The days of which messages were copied then, as `showDayRange` writes them; '': of all. */
  days: z.string(),
});
