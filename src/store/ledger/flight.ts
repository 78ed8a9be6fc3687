import { z } from 'zod';

const flightSchema = z.strictObject({
  bytes: z.number().min(0),
  messages: z.int().min(0),
  /** Bytes of the largest of these commands. Nothing is seen to be stored for as long as it takes. */
  largest: z.number().min(0),
  /** How fast answers came, over all connections; null before the first. */
  bytesPerSecond: z.number().min(0).nullable(),
});

/** Commands without an answer at the destination, and how fast answers came. */
export type Flight = Readonly<z.infer<typeof flightSchema>>;

/** `unknown`: an earlier version wrote none, or the document is gone. */
export const flightRecordSchema = z.union([z.literal('unknown'), flightSchema]);
export type FlightRecord = Readonly<z.infer<typeof flightRecordSchema>>;
