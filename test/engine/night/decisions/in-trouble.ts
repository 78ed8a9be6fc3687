import { expect } from 'vitest';
import { delay, when } from '../../../../demo/server/index.js';
import type { EngineCommand, Granted } from '../../../../src/protocol/commands.js';
import type { MailboxEntity } from '../../../../src/protocol/entities.js';
import { type ActionRequest, EVERYTHING, type Selection } from '../../../../src/words/decision.js';
import type { Night, Running } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { MINUTE } from '../../../support/trouble.js';
import { entity } from './deciding.js';

export async function told<C extends EngineCommand>(
  night: Night,
  { engine }: Running,
  command: C,
): Promise<Granted<C['do']>> {
  const answered = await night.clock.until(engine.command(command));
  return answered.ok ? answered : expect.unreachable(answered.why);
}

export async function decide(
  night: Night,
  running: Running,
  action: ActionRequest,
  selection: Partial<Selection> = {},
) {
  const { preview } = await told(night, running, { do: 'preview', action, selection: { ...EVERYTHING, ...selection } });
  const { decision } = await told(night, running, { do: 'decide', preview: preview?.id ?? '', by: 'the operator' });
  return { shown: preview, decision: decision ?? expect.unreachable() };
}

export async function until(night: Night, running: Running, kind: MailboxEntity['state']['kind'], user = 'ann') {
  await night.clock.passes(1_000);
  for (let seconds = 0; entity(running, user).state.kind !== kind; seconds++) {
    if (seconds > 3_000) throw new Error(`${user} is ${entity(running, user).state.kind}`);
    await night.clock.passes(1_000);
  }
}

export function attended(night: Night): Running & { leave: () => void } {
  const running = night.start();
  return { ...running, leave: running.engine.attend() };
}

/** A mailbox that is at work for an hour, its INBOX done at once. */
export const SLOW = {
  mail: () => ({ INBOX: letters(10), Work: letters(40, 'work', { bytes: 60_000 }) }),
  options: { memory: 300_000 },
};

export const SLOWLY = when('APPEND', delay(MINUTE), { folder: 'Work' });
