import { z } from 'zod';
import { SIDES } from '../words/side.js';
import type { EngineAnswer, EngineCommand } from './commands.js';
import type { PROTOCOL_VERSION } from './entities.js';
import { type EngineEvent, LINES_KEPT } from './events.js';
import { TRIAGE_COMMANDS } from './socket-triage.js';

/** The first line of an engine to whoever connects. */
export interface Greeting {
  readonly nightferry: typeof PROTOCOL_VERSION;
  readonly program: string;
  readonly batch: string;
}

const mailbox = z.string().max(500);
/** A day: longer is a typing error. */
const seconds = z.number().min(0).max(86_400);

const commandSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('status') }),
  z.strictObject({ do: z.literal('stop'), how: z.enum(['drain', 'now']), mailbox: mailbox.nullable() }),
  z.strictObject({ do: z.literal('pause'), mailbox: mailbox.nullable() }),
  z.strictObject({ do: z.literal('continue'), mailbox: mailbox.nullable() }),
  z.strictObject({ do: z.literal('start'), mailbox }),
  z.strictObject({ do: z.literal('postpone'), mailbox, seconds }),
  z.strictObject({ do: z.literal('stagger'), min: seconds, max: seconds }),
  z.strictObject({ do: z.literal('concurrency'), most: z.int() }),
  z.strictObject({ do: z.literal('window'), window: z.strictObject({ from: z.int(), to: z.int() }).nullable() }),
  z.strictObject({ do: z.literal('password'), mailbox, side: z.enum(SIDES), secret: z.string().max(4_096) }),
  ...TRIAGE_COMMANDS,
  z.strictObject({ do: z.literal('log'), lines: z.int().min(0).max(LINES_KEPT) }),
]) satisfies z.ZodType<EngineCommand>;

const id = z.int().min(0);
const requestSchema = z.union([
  z.strictObject({ id, command: commandSchema }),
  z.strictObject({ id, subscribe: z.literal(true) }),
  /** From here on this console can change nothing, whatever it sends. */
  z.strictObject({ id, access: z.literal('read-only') }),
]);

/** A console's line. */
export type Request = z.infer<typeof requestSchema>;

/** An engine's line after the greeting. `caughtUp`: the whole state was sent, from here on come changes. */
export type Reply =
  | { readonly id: number; readonly answer: EngineAnswer }
  | { readonly event: EngineEvent }
  | { readonly caughtUp: true }
  | { readonly refused: string };

/** @returns null for anything that is no request */
export function readRequest(line: string): Request | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
