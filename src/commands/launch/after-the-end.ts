import { groupErrors } from '../../engine/triage/error-groups.js';
import type { EngineAnswer, EngineCommand } from '../../protocol/commands.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { caughtUp } from '../desk/caught-up.js';
import { FilesDesk } from '../desk/decide-on-files.js';
import { asTyped } from '../output/as-typed.js';
import type { Io } from '../process/io.js';

/**
 * What a console is told of a batch that has ended: what failed and what was decided stands in its files. All else
 * needs an engine.
 */
export async function afterTheEnd(
  store: BatchStore,
  command: EngineCommand,
  io: Pick<Io, 'env' | 'home' | 'clock'>,
): Promise<EngineAnswer> {
  try {
    switch (command.do) {
      case 'errors': {
        const { do: _, mailbox, filter = '', by = 'code', ...narrowed } = command;
        const { ledgers } = await caughtUp(store);
        const of = ledgers.filter(({ id, email }) => mailbox === null || id === mailbox || email === mailbox);
        return { ok: true, errors: groupErrors(of, { ...narrowed, filter, by }) };
      }
      case 'decisions':
        return await new FilesDesk(store, await caughtUp(store), io.clock).command(command);
      default:
        return { ok: false, why: `the batch has ended: \`nightferry resume ${asTyped(store, io)}\` goes on` };
    }
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: error.message };
    throw error;
  }
}
