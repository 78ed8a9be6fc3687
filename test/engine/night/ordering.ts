import { delay, when } from '../../../demo/server/index.js';
import type { EngineAnswer } from '../../../src/protocol/commands.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { Night, Running } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';

export const OK: EngineAnswer = { ok: true };

/** Everything is sent slowly: a mailbox takes minutes. */
export const slowly = when('APPEND', delay(30_000));

/** More than may be in flight at a time: a pause leaves something undone. */
export const mail = () => ({ INBOX: letters(30, 'letter', { bytes: 60_000 }) });

export const memory = 300_000;

export function entity({ engine }: Running, user: string): MailboxEntity {
  const found = engine.status().mailboxes.find(({ id }) => id === user);
  if (!found) throw new Error(`no mailbox ${user}`);
  return found;
}

export async function ends(night: Night, running: Running): Promise<number> {
  const code = await night.clock.until(running.done);
  night.checkManners();
  return code;
}
