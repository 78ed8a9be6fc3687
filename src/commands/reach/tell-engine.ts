import type { EngineCommand } from '../../protocol/commands.js';
import type { Batch } from '../../store/batch/batch.js';
import { BadInput } from '../../words/bad-input.js';
import { openBatch, type StateFlag } from '../process/command-parts.js';
import type { Environment, Timing, Version } from '../process/io.js';
import { reachEngine, whyNoEngine } from './reach-engine.js';

/** The batch, and the mailbox of it. */
export interface OrderFlags extends StateFlag {
  readonly mailbox?: string;
  readonly json?: boolean;
}

/**
 * Gives an order to the engine that runs a batch.
 *
 * @param order  made with the mailbox's id, or null for the whole batch
 * @returns the mailbox's id, or null
 * @throws BadInput  when none runs, or it refuses
 */
export async function tellEngine(
  name: string,
  flags: OrderFlags,
  order: (mailbox: string | null) => EngineCommand,
  io: Environment & Version & Timing,
): Promise<string | null> {
  const store = await openBatch(name, flags, io);
  const mailbox = flags.mailbox === undefined ? null : findMailbox(store.batch, flags.mailbox);
  const engine = await reachEngine(store, io, 'full');
  // An engine that hangs still works: it is not the same as none.
  if (!engine) throw new BadInput(whyNoEngine(name, await store.whoRuns()));
  const answer = await engine.command(order(mailbox));
  engine.close();
  if (!answer.ok) throw new BadInput(`the engine of ${name} says: ${answer.why}`);
  return mailbox;
}

/** @returns the mailbox's id @throws BadInput  where the batch has no such mailbox */
export function findMailbox(batch: Batch, given: string): string {
  const wanted = given.toLowerCase();
  const row = batch.mailboxes.find((one) => one.email.toLowerCase() === wanted || one.id === given);
  if (!row)
    throw new BadInput(
      `the batch ${batch.name} has no mailbox ${given}; \`nightferry status ${batch.name}\` lists them`,
    );
  return row.id;
}
