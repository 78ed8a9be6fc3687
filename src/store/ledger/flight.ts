import { z } from 'zod';

const flightSchema = z.strictObject({
  bytes: z.number().min(0),
  messages: z.int().min(0),
  /** Bytes of the largest command among them: so long nothing is seen to be stored. */
  largest: z.number().min(0),
  /** How fast answers came, over all connections; null before the first. */
  bytesPerSecond: z.number().min(0).nullable(),
});

/** Commands without an answer at the destination, and how fast answers came. */
export type Flight = Readonly<z.infer<typeof flightSchema>>;

/** `unknown`: a version before wrote this down nowhere, or the document is gone. */
export const flightRecordSchema = z.union([z.literal('unknown'), flightSchema]);
export type FlightRecord = Readonly<z.infer<typeof flightRecordSchema>>;
