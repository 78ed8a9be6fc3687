import { type AnswerOf, type EngineCommand, type Handlers, handleOr } from '../../protocol/commands.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import { readBatchFiles } from '../desk/batch-files.js';
import { deskOnFiles } from '../desk/decide-on-files.js';
import { asTyped } from '../output/as-typed.js';
import type { Environment, Timing } from '../process/io.js';

/**
 * Answers a console about a batch that has ended. Failures and decisions are read from the batch's files; any other
 * command needs an engine.
 */
export async function afterTheEnd<C extends EngineCommand>(
  store: BatchStore,
  command: C,
  io: Pick<Environment, 'env' | 'home'> & Pick<Timing, 'clock'>,
): Promise<AnswerOf<C['do']>> {
  const why = `the batch has ended: \`nightferry resume ${asTyped(store, io)}\` goes on`;
  try {
    return await handleOr(answersOf(store, io.clock), command, { ok: false, why });
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: error.message };
    throw error;
  }
}

function answersOf(store: BatchStore, clock: Clock): Handlers<'errors' | 'decisions' | 'pace'> {
  const desk = async () => deskOnFiles(store, await readBatchFiles(store), clock);
  return {
    errors: async (command) => (await desk()).command(command),
    decisions: async (command) => (await desk()).command(command),
    pace: async () => {
      const { kept } = await store.pace();
      return kept === null ? { ok: false, why: 'nothing is known of its pace' } : { ok: true, pace: kept };
    },
  };
}
