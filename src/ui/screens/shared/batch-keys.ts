import type { BatchEntity } from '../../../protocol/entities.js';
import { plural, showCount } from '../../../words/units.js';
import { type Binding, bind } from '../../keys/bindings.js';
import type { Actions } from '../../keys/dispatch.js';
import { labelled } from '../../keys/labelled.js';
import type { ConsoleModel } from '../../model/console-model.js';
import type { ConsoleView } from '../../model/view.js';
import { movingIn } from '../../select/states.js';
import type { Shell } from '../../shell/context.js';

/** A question offers this first where the engine died; the key is for later, and for a batch that was opened at rest. */
const GO_ON = bind('work.goOn', {
  id: 'batch.go-on',
  description: 'Let all go on that was broken off, by a new engine where the old one died',
  command: 'go-on',
  when: 'where mailboxes were stopped, or the engine died',
  weight: 95,
});

const WHILE_IT_RUNS = 'while its engine runs';

/** Keys for the whole batch, on each of its screens. */
export const BATCH_BINDINGS: readonly Binding[] = [
  GO_ON,
  bind('work.pauseAll', { id: 'batch.pause', command: 'pause-all', when: WHILE_IT_RUNS, weight: 0 }),
  bind('work.stopAll', { id: 'batch.stop', command: 'stop', when: WHILE_IT_RUNS, weight: 0 }),
  bind('work.stopNow', {
    id: 'batch.stop-now',
    description: 'Stop the work now: connections are dropped, the next run finds out what arrived',
    command: 'stop-now',
    when: WHILE_IT_RUNS,
    weight: 0,
  }),
];

/** Where the batch has ended there is nothing to leave running: the console ends with its exit code. */
export const LEAVE_ENDED = bind('look.leave', {
  id: 'batch.leave',
  description: 'Leave; the batch has ended',
  weight: 130,
});

export function batchActions(view: ConsoleView, model: ConsoleModel, shell: Shell): Actions {
  const { link, batch } = view;
  if (link.kind === 'gone') return { 'batch.go-on': () => void startAgain(model, shell) };
  if (link.kind === 'ended') return { 'batch.leave': () => shell.leave(link.exitCode) };
  if (link.kind !== 'live' || batch === null) return {};
  const stop = async (how: 'drain' | 'now'): Promise<void> => {
    const { byState } = batch;
    const moving = movingIn(byState);
    const answer = await shell.ask({
      title: how === 'drain' ? 'stop the work' : 'stop the work now',
      scope: `${plural(moving, 'mailbox', 'mailboxes')} of ${showCount(batch.mailboxes)} at work, ${plural(batch.counts.left, 'message')} left`,
      samples: [
        how === 'drain'
          ? 'What is in flight is settled and recorded, then the engine ends.'
          : 'The connections are dropped at once. What was under way is looked up by the next run.',
      ],
      consequences: [`nightferry resume ${batch.name} goes on later. To only leave the console: Cancel, then q.`],
      action: how === 'drain' ? 'Stop' : 'Stop now',
      first: 'cancel',
    });
    if (answer === 'no') return;
    const told = await model.command({ do: 'stop', how, mailbox: null });
    shell.toast(told.ok ? 'good' : 'alert', told.ok ? 'stopping' : told.why);
  };
  return {
    'batch.go-on': stoppedIn(view) > 0 ? () => void goOn(batch, model, shell) : undefined,
    'batch.pause': () => {
      const kind = batch.state === 'paused' ? 'continue' : 'pause';
      void model.command({ do: kind, mailbox: null }).then((told) => {
        const said = kind === 'pause' ? 'pausing: what is in flight is settled first' : 'going on';
        shell.toast(told.ok ? 'good' : 'alert', told.ok ? said : told.why);
      });
    },
    'batch.stop': () => void stop('drain'),
    'batch.stop-now': () => void stop('now'),
  };
}

/** The keys with their labels for now. */
export function batchBindings({ link }: ConsoleView): readonly Binding[] {
  return link.kind === 'gone' ? labelled(BATCH_BINDINGS, { 'batch.go-on': 'start the engine again' }) : BATCH_BINDINGS;
}

/** The number of mailboxes that were stopped before their end and can go on. They start only on an order. */
export function stoppedIn({ link, batch }: Pick<ConsoleView, 'link' | 'batch'>): number {
  return link.kind === 'live' && (batch?.state === 'waiting' || batch?.state === 'running') ? batch.byState.stopped : 0;
}

/** `3 mailboxes were stopped before the end` */
export function stoppedText(count: number): string {
  return `${plural(count, 'mailbox was', 'mailboxes were')} stopped before the end`;
}

async function goOn({ byState, mailboxes }: BatchEntity, model: ConsoleModel, shell: Shell): Promise<void> {
  const answer = await shell.ask({
    title: 'go on',
    scope: `${stoppedText(byState.stopped)}, of ${showCount(mailboxes)}. They start as the batch did: in turn, and staggered.`,
    samples: [],
    consequences: [],
    action: 'Go on',
    first: 'action',
  });
  if (answer === 'no') return;
  const told = await model.command({ do: 'continue', mailbox: null });
  shell.toast(told.ok ? 'good' : 'alert', told.ok ? 'going on' : told.why);
}

/** Starts the engine again after it died, and says whether it runs. */
export async function startAgain(model: ConsoleModel, shell: Pick<Shell, 'toast'>): Promise<void> {
  const started = await model.restart();
  if (started.ok) shell.toast('good', 'the engine runs again');
  else shell.toast('alert', `the engine could not be started: ${started.why}`);
}
