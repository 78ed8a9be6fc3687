import { plural } from '../../../words/units.js';
import { useShell } from '../../shell/context.js';
import { useStart } from './context.js';
import type { BatchSummary, Started } from './services.js';

interface BatchActions {
  readonly attach: (batch: string) => void;
  /** Goes to a batch that was started, or says why it was not. */
  readonly opened: (started: Started) => void;
  readonly resume: (batch: BatchSummary) => Promise<void>;
  /** Opens a batch at rest: nothing starts by itself. */
  readonly lookAt: (batch: BatchSummary) => Promise<void>;
  readonly remove: (batch: BatchSummary) => Promise<void>;
}

/** The actions on a batch of the list. @param reread  reads the list again */
export function useBatchActions(reread: () => void): BatchActions {
  const { services, choose } = useStart();
  const shell = useShell();
  const attach = (batch: string) => choose({ attach: batch }, shell.leave);
  const opened = (started: Started): void => {
    if (started.ok) attach(started.batch);
    else shell.toast('alert', started.why);
  };
  return {
    attach,
    opened,
    resume: async ({ name }) => {
      shell.toast('text', `${name}: starting its engine`);
      opened(await services.resume(name));
    },
    lookAt: async ({ name }) => {
      shell.toast('text', `${name}: opening it; nothing starts by itself`);
      opened(await services.open(name));
    },
    remove: async (batch) => {
      const { name } = batch;
      if ((await shell.ask(deleteQuestion(batch))) === 'no') return;
      const done = await services.delete(name);
      shell.toast(done.ok ? 'good' : 'alert', done.ok ? `${name} is deleted` : done.why);
      reread();
    },
  };
}

function deleteQuestion({ name, state, why, counts, errors, mailboxes }: BatchSummary) {
  return {
    title: `delete ${name}`,
    scope:
      state === 'unreadable'
        ? why
        : `The ledger of ${plural(counts.copied + counts.matched, 'message')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}, ${plural(errors, 'open failure')}`,
    samples: ['No mail is touched on either side. What was copied, and what failed, is forgotten.'],
    consequences: ['The same move again would compare everything anew.'],
    action: 'Delete the records',
    first: 'cancel',
  } as const;
}
