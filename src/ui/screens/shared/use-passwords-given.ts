import type { MailboxEntity } from '../../../protocol/entities.js';
import { plural } from '../../../words/units.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';
import { giveLogins, loginsOf } from '../errors/actions/logins.js';
import type { PasswordSource } from './password-fields.js';

/** Gives the engine the passwords of many mailboxes at once. The answer: why it could not, or null. */
export function usePasswordsGiven(): (
  asking: readonly MailboxEntity[],
  from: Exclude<PasswordSource, { kind: 'each' }>,
) => Promise<string | null> {
  const { model, services } = useBatchConsole();
  const shell = useShell();
  const logIn = (count: number) => plural(count, 'mailbox logs in', 'mailboxes log in');
  const giveAll = async (asking: readonly MailboxEntity[], secret: string): Promise<string | null> => {
    const logins = loginsOf(asking, () => secret);
    const refused = await giveLogins(model, logins);
    if (refused !== null) return refused;
    shell.toast('good', `the password is with the engine: ${logIn(asking.length)}`);
    return null;
  };
  const readPlan = async (asking: readonly MailboxEntity[], path: string): Promise<string | null> => {
    const ids = asking.map(({ id }) => id);
    const read = await services.planAgain(path, ids);
    if (!read.ok) return read.why;
    if (read.passwords + read.users === 0) return `${path} has no password for these mailboxes`;
    shell.toast('good', `read from the plan: ${logIn(Math.max(read.passwords, read.users))}`);
    return null;
  };
  return (asking, from) => (from.kind === 'plan' ? readPlan(asking, from.path) : giveAll(asking, from.secret));
}
