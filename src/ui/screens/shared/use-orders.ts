import type { MailboxEntity } from '../../../protocol/entities.js';
import { plural, showCount } from '../../../words/units.js';
import { useBatchConsole } from '../../model/context.js';
import { commandFor, type Order, obeying, orderDone, orderVerb, refusal } from '../../select/orders.js';
import { type Shell, useShell } from '../../shell/context.js';

/** Gives orders for mailboxes, asking first where there is more than one. Resolves when all were answered. */
export function useOrders(): (order: Order, targets: readonly MailboxEntity[]) => Promise<void> {
  const { model } = useBatchConsole();
  const shell = useShell();
  return async (order, targets) => {
    const obedient = obeying(order, targets);
    if (obedient.length === 0) return refuse(shell, order, targets);
    if (targets.length > 1 && (await shell.ask(question(order, obedient, targets.length))) === 'no') return;
    const refused: string[] = [];
    for (const mailbox of obedient) {
      const answer = await model.command(commandFor(order, mailbox));
      if (!answer.ok) refused.push(answer.why);
    }
    const done = obedient.length - refused.length;
    if (done > 0) shell.toast('good', `${named(obedient, done)}: ${orderDone(order)}`);
    if (refused.length > 0) shell.toast('alert', `${plural(refused.length, 'refusal')}: ${refused[0]}`);
  };
}

function refuse(shell: Shell, order: Order, targets: readonly MailboxEntity[]): void {
  const [first] = targets;
  if (first) shell.toast('alert', refusal(order, first));
}

function question(order: Order, obedient: readonly MailboxEntity[], of: number) {
  const left = of - obedient.length;
  return {
    title: `${orderVerb(order)} ${plural(obedient.length, 'mailbox', 'mailboxes')}`,
    scope: `${plural(obedient.length, 'mailbox', 'mailboxes')} of ${showCount(of)} marked: ${orderVerb(order)}`,
    samples: [sampleOf(obedient)],
    consequences: left > 0 ? [`${plural(left, 'other', 'others')} marked: it means nothing in their state`] : [],
    action: `${orderVerb(order)} ${showCount(obedient.length)}`,
    first: 'action' as const,
  };
}

function sampleOf(obedient: readonly MailboxEntity[]): string {
  const names = obedient.slice(0, 4).map(({ email }) => email);
  return obedient.length > 4 ? `${names.join(', ')} and ${showCount(obedient.length - 4)} more` : names.join(', ');
}

function named(obedient: readonly MailboxEntity[], done: number): string {
  return done === 1 && obedient.length === 1 ? (obedient[0]?.email ?? '') : plural(done, 'mailbox', 'mailboxes');
}
