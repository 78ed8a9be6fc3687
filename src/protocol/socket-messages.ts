import { z } from 'zod';
import { commandSchema, type EngineAnswer } from './commands.js';
import type { PROTOCOL_VERSION } from './entities.js';
import type { EngineEvent } from './events.js';

/** The first line of an engine on a new connection. */
export interface Greeting {
  readonly nightferry: typeof PROTOCOL_VERSION;
  readonly program: string;
  readonly batch: string;
}

const id = z.int().min(0);
const requestSchema = z.union([
  z.strictObject({ id, command: commandSchema }),
  z.strictObject({ id, subscribe: z.literal(true) }),
  /** From this line on the console can change nothing, whatever it sends. */
  z.strictObject({ id, access: z.literal('read-only') }),
]);

/** A console's line. */
export type Request = z.infer<typeof requestSchema>;

/** A line of the engine after the greeting. `caughtUp`: the whole state was sent, and only changes follow. */
export type Reply =
  | { readonly id: number; readonly answer: EngineAnswer }
  | { readonly event: EngineEvent }
  | { readonly caughtUp: true }
  | { readonly refused: string };

/** @returns null: the line is no request */
export function readRequest(line: string): Request | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
