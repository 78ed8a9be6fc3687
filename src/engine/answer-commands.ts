import type { AnswerOf, CommandName, CommandOf, EngineAnswer, Handlers, TakeCommand } from '../protocol/commands.js';
import type { Status } from '../protocol/entities.js';
import type { LogLine } from '../protocol/events.js';
import type { NightPace } from '../words/night-pace.js';
import type { BatchChanges } from './batch-changes.js';
import type { MessageDesk } from './look/message-desk.js';
import type { Order, Orders } from './roster/orders.js';
import type { Triage, TriageName } from './triage/triage.js';

export interface AnswerParts {
  readonly orders: Orders;
  readonly messages: MessageDesk;
  /** Null until all mailboxes are there, or where the files could not be read. */
  readonly triage: () => Triage | null;
  readonly changes: BatchChanges;
  /** Looks at the certificate of a server. */
  readonly certificate: (command: CommandOf<'certificate'>) => Promise<AnswerOf<'certificate'>>;
  readonly status: () => Status;
  readonly pace: () => NightPace;
  readonly rehearse: (command: CommandOf<'rehearse'>) => Promise<AnswerOf<'rehearse'>>;
  readonly lastLines: (most: number) => readonly LogLine[];
  /** Something was changed: it is published at once. */
  readonly publish: () => void;
  /** Something may start now, or need not be waited for any more. */
  readonly wake: () => void;
}

/** The handlers of a running engine, one for each command. */
export function answersOf(parts: AnswerParts): Handlers<CommandName> {
  const published = <A extends EngineAnswer>(answer: A): A => {
    if (answer.ok) parts.publish();
    return answer;
  };
  const order = (given: Order): AnswerOf<Order['do']> => published(parts.orders.take(given));
  const ask: TakeCommand<CommandOf<TriageName>> = async (command) => {
    const triage = parts.triage();
    if (!triage) return { ok: false, why: 'the engine could not read its files' };
    const answer = await triage.command(command);
    // The mailbox may have waited for nothing but the messages that were skipped now.
    if (command.do === 'decide' || command.do === 'give-up' || command.do === 'undo') parts.wake();
    return published(answer);
  };
  return {
    status: () => ({ ok: true, status: parts.status() }),
    pace: () => ({ ok: true, pace: parts.pace() }),
    rehearse: (command) => parts.rehearse(command),
    log: ({ lines }) => ({ ok: true, log: parts.lastLines(lines) }),
    stop: order,
    pause: order,
    continue: order,
    start: order,
    postpone: order,
    stagger: order,
    concurrency: order,
    window: order,
    password: order,
    'correct-row': async (command) => published(await parts.changes.row(command)),
    certificate: (command) => parts.certificate(command),
    trust: async (command) => published(await parts.changes.trust(command)),
    message: (command) => parts.messages.take(command),
    'save-message': (command) => parts.messages.take(command),
    errors: ask,
    preview: ask,
    decide: ask,
    'give-up': ask,
    undo: ask,
    decisions: ask,
    correct: ask,
    uncorrect: ask,
    export: ask,
    headers: ask,
    morning: ask,
    looked: ask,
  };
}
