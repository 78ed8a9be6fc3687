import type { EngineClient } from '../../protocol/client.js';
import type { EngineCommand } from '../../protocol/commands.js';
import type { MailboxEntity } from '../../protocol/entities.js';
import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Endpoints } from '../../store/batch/endpoints.js';
import { withRow } from '../../store/batch/with-row.js';
import type { PlanReadAgain } from '../../ui/model/services.js';
import { BadInput } from '../../words/bad-input.js';
import { SIDES } from '../../words/side.js';
import { type Corrected, correctedRows } from '../input/plan/corrected-rows.js';
import { readPlanFile } from '../input/plan/plan-file.js';
import type { Environment, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { reachEngine } from '../reach/reach-engine.js';
import { findMailbox } from '../reach/tell-engine.js';
import { readStatus } from './read-status.js';

/** The plan, read again. `path` null: the one that the batch was made from. */
export interface PlanAgain {
  readonly path: string | null;
  /** Addresses; none: all that are held. */
  readonly mailboxes: readonly string[];
}

/**
 * Reads rows of the plan again: users, the root of folders, passwords. The batch keeps them; passwords go to the engine
 * that runs it, and else are read by the next resume.
 *
 * @returns what changed, a line each
 * @throws BadInput  where the plan cannot be read or used, before anything is changed
 */
export async function readPlanAgain(
  store: BatchStore,
  { path, mailboxes }: PlanAgain,
  io: Environment & Version & Timing,
): Promise<readonly string[]> {
  const from = path ?? store.batch.planPath;
  if (from === null) throw new BadInput(`release: ${store.name} was made without a plan; --plan needs a file`);
  const { mailboxes: entities } = await readStatus(store, io);
  const named = mailboxes.map((one) => findMailbox(store.batch, one));
  const wanted = named.length > 0 ? named : entities.filter(({ state }) => state.kind === 'held').map(({ id }) => id);
  const { corrected, absolute } = await readCorrected(store.batch, entities, { path: from, ids: wanted }, io);
  const engine = await reachEngine(store, io, 'full');
  if (engine) await tellCorrected(store.name, engine, corrected, io).finally(() => engine.close());
  else await writeDown(store, corrected, absolute);
  return corrected.flatMap((one) => linesOf(one, engine !== null));
}

/**
 * The rows of some mailboxes as a plan has them now.
 *
 * @throws BadInput  where the plan cannot be read or used
 */
async function readCorrected(
  batch: Pick<Batch, 'mailboxes'> & Endpoints,
  entities: readonly MailboxEntity[],
  { path, ids }: { readonly path: string; readonly ids: readonly string[] },
  io: Pick<Environment, 'cwd'> & Pick<Timing, 'zone'>,
): Promise<{ readonly corrected: readonly Corrected[]; readonly absolute: string }> {
  const { plan, absolute } = await readPlanFile(path, io);
  const byId = new Map(entities.map((one) => [one.id, one]));
  return { corrected: correctedRows(batch, new Set(ids), (id) => arrived(byId.get(id)), plan), absolute };
}

/** As {@link readPlanAgain}, for a console on the engine at work: what was corrected goes on at once, and nothing is thrown. */
export async function planAgain(
  { name, batch }: Pick<BatchStore, 'name' | 'batch'>,
  engine: Pick<EngineClient, 'command' | 'status'>,
  from: { readonly path: string; readonly ids: readonly string[] },
  io: Pick<Environment, 'cwd' | 'env' | 'uid'> & Pick<Timing, 'zone'>,
): Promise<PlanReadAgain> {
  try {
    const { mailboxes } = await engine.status();
    const { corrected } = await readCorrected(batch, mailboxes, from, io);
    await tellCorrected(name, engine, corrected, io);
    const passwords = corrected.filter((one) => SIDES.some((side) => one.passwords[side] !== undefined));
    const users = corrected.filter(({ change }) => change !== 'none');
    // Nothing that the plan says starts a mailbox by itself; to one that is at work already this means nothing.
    for (const { row } of new Set([...passwords, ...users])) await engine.command({ do: 'start', mailbox: row.id });
    return { ok: true, passwords: passwords.length, users: users.length };
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: error.message };
    throw error;
  }
}

function arrived(mailbox: MailboxEntity | undefined): number {
  return mailbox === undefined ? 0 : mailbox.counts.copied + mailbox.counts.matched;
}

/** Hands users and passwords to the engine at work. @throws BadInput  where it refuses one of them */
async function tellCorrected(
  batch: string,
  engine: Pick<EngineClient, 'command'>,
  corrected: readonly Corrected[],
  io: Pick<Environment, 'env' | 'uid'>,
): Promise<void> {
  const order = async (command: EngineCommand) => {
    const answer = await engine.command(command);
    if (!answer.ok) throw new BadInput(`the engine of ${batch} says: ${answer.why}`);
  };
  for (const { row, change, passwords } of corrected) {
    const { id: mailbox, sourceUser, destinationUser, userRoot, own, wave } = row;
    if (change !== 'none')
      await order({
        ...{ do: 'correct-row', mailbox, sourceUser, destinationUser, userRoot, own, wave },
        by: operatorName(io),
      });
    for (const side of SIDES) {
      const secret = passwords[side]?.reveal();
      if (secret !== undefined) await order({ do: 'password', mailbox, side, secret, origin: 'plan' });
    }
  }
}

/** Holds the lock meanwhile, so that no engine starts on these files. */
async function writeDown(store: BatchStore, corrected: readonly Corrected[], planPath: string): Promise<void> {
  const lock = await store.lockEngine({ socketPath: null });
  try {
    let batch = { ...store.batch, planPath };
    for (const { row, change } of corrected)
      if (change !== 'none') batch = { ...batch, ...withRow(batch, row), planPath };
    await store.amend(batch);
  } finally {
    await lock.release();
  }
}

function linesOf({ row, change, passwords }: Corrected, isRunning: boolean): string[] {
  const sides = SIDES.filter((side) => passwords[side] !== undefined);
  return [
    ...(change === 'users'
      ? [`${row.email} is moved from ${row.sourceUser} to ${row.destinationUser} from now on`]
      : []),
    ...(change === 'options' ? [`${row.email}: its folders, days and wave are those of the plan from now on`] : []),
    ...(isRunning && sides.length > 0
      ? [`${row.email}: the plan's password for the ${sides.join(' and the ')} was read again`]
      : []),
  ];
}
