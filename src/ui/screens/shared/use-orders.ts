import type { MailboxEntity } from '../../../protocol/entities.js';
import { plural, showCount } from '../../../words/units.js';
import { useBatchConsole } from '../../model/context.js';
import { commandFor, type Order, obeying, orderDone, orderVerb, refusal } from '../../select/orders.js';
import { type Shell, useShell } from '../../shell/context.js';

/** Gives orders for mailboxes, asking first where more than one is meant. Resolves when all were answered. */
export function useOrders(): (order: Order, targets: readonly MailboxEntity[]) => Promise<void> {
  const { model } = useBatchConsole();
  const shell = useShell();
  return async (order, targets) => {
    const meant = obeying(order, targets);
    if (meant.length === 0) return refuse(shell, order, targets);
    if (targets.length > 1 && (await shell.ask(question(order, meant, targets.length))) === 'no') return;
    const refused: string[] = [];
    for (const mailbox of meant) {
      const answer = await model.command(commandFor(order, mailbox));
      if (!answer.ok) refused.push(answer.why);
    }
    const done = meant.length - refused.length;
    if (done > 0) shell.toast('good', `${named(meant, done)}: ${orderDone(order)}`);
    if (refused.length > 0) shell.toast('alert', `${plural(refused.length, 'refusal')}: ${refused[0]}`);
  };
}

function refuse(shell: Shell, order: Order, targets: readonly MailboxEntity[]): void {
  const [first] = targets;
  if (first) shell.toast('alert', refusal(order, first));
}

function question(order: Order, meant: readonly MailboxEntity[], of: number) {
  const left = of - meant.length;
  return {
    title: `${orderVerb(order)} ${plural(meant.length, 'mailbox', 'mailboxes')}`,
    scope: `${plural(meant.length, 'mailbox', 'mailboxes')} of ${showCount(of)} marked: ${orderVerb(order)}`,
    samples: [sampleOf(meant)],
    consequences: left > 0 ? [`${plural(left, 'other', 'others')} marked: it means nothing in their state`] : [],
    action: `${orderVerb(order)} ${showCount(meant.length)}`,
    first: 'action' as const,
  };
}

function sampleOf(meant: readonly MailboxEntity[]): string {
  const names = meant.slice(0, 4).map(({ email }) => email);
  return meant.length > 4 ? `${names.join(', ')} and ${showCount(meant.length - 4)} more` : names.join(', ');
}

function named(meant: readonly MailboxEntity[], done: number): string {
  return done === 1 && meant.length === 1 ? (meant[0]?.email ?? '') : plural(done, 'mailbox', 'mailboxes');
}
