import { expect } from 'vitest';
import { answer, whenMessage } from '../../../../demo/server/index.js';
import type { DecisionEntity, DecisionPreview } from '../../../../src/protocol/answers.js';
import { isThrough, type MailboxEntity } from '../../../../src/protocol/entities.js';
import { type ActionRequest, EVERYTHING, type Selection } from '../../../../src/words/decision.js';
import type { Night, Running } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { mailIn } from '../../../support/same-mail.js';
import { MINUTE } from '../../../support/trouble.js';

const VIRUS = 'NO [CANNOT] Message contains a virus';

export const RETRY: ActionRequest = { do: 'retry', afterSeconds: 0, treatment: 'as-is' };

/** Refuses letters with these numbers, in every mailbox. */
export const refusing = (...numbers: number[]) =>
  numbers.map((n) => whenMessage(answer(VIRUS), { containing: `letter-${n}@` }));

/** An engine whose operator is there: it does not end while something waits for them. */
export function attended(night: Night): Running {
  const running = night.start();
  running.engine.attend();
  return running;
}

export async function through(night: Night, running: Running, user = 'ann'): Promise<void> {
  await night.clock.passes(1_000);
  for (let minutes = 0; !isThrough(entity(running, user)); minutes++) {
    if (minutes > 600) throw new Error(`${user} is ${entity(running, user).state.kind}`);
    await night.clock.passes(MINUTE);
  }
  // Consequences follow by themselves.
  await night.clock.passes(1_000);
}

export function entity({ engine }: Running, user = 'ann'): MailboxEntity {
  return engine.status().mailboxes.find(({ id }) => id === user) ?? expect.unreachable(`no mailbox ${user}`);
}

export const failedUids = async (night: Night, running: Running, user = 'ann') => {
  const answered = await night.clock.until(running.engine.command({ do: 'errors', mailbox: user }));
  const groups = answered.ok ? (answered.errors ?? []) : expect.unreachable(answered.why);
  return groups.flatMap(({ entries }) => entries.filter(({ count }) => count > 0).map(({ uids }) => uids));
};

export async function preview(
  night: Night,
  running: Running,
  action: ActionRequest,
  selection: Partial<Selection> = {},
) {
  const command = { do: 'preview', action, selection: { ...EVERYTHING, ...selection } } as const;
  const answered = await night.clock.until(running.engine.command(command));
  return answered.ok ? (answered.preview ?? expect.unreachable()) : expect.unreachable(answered.why);
}

export async function decide(
  night: Night,
  running: Running,
  action: ActionRequest,
  selection: Partial<Selection> = {},
): Promise<{ readonly shown: DecisionPreview; readonly decision: DecisionEntity }> {
  const shown = await preview(night, running, action, selection);
  const answered = await night.clock.until(
    running.engine.command({ do: 'decide', preview: shown.id, by: 'the operator' }),
  );
  const decision = answered.ok ? (answered.decision ?? expect.unreachable()) : expect.unreachable(answered.why);
  return { shown, decision };
}

export async function undo(night: Night, running: Running, decision: number) {
  return night.clock.until(running.engine.command({ do: 'undo', decision, by: 'the operator' }));
}

export const appended = (night: Night) =>
  night.destination.commands.filter(({ command }) => command === 'APPEND').length;

export const there = (night: Night, user = 'ann') => mailIn(night.destination.account(user), 'INBOX').length;

export const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });
