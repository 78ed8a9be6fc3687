import { canBeOrdered } from '../../../protocol/can-be-ordered.js';
import type { MailboxEntity } from '../../../protocol/entities.js';
import type { Need } from '../../../protocol/needs.js';
import { plural } from '../../../words/units.js';
import { useBatchConsole } from '../../model/context.js';
import { needName } from '../../select/needs.js';
import { useShell } from '../../shell/context.js';
import { giveUpForm } from '../errors/actions/command-forms.js';
import { useCommand } from '../errors/actions/use-command.js';
import { usePassword } from './use-password.js';
import { useTrust } from './use-trust.js';

/** Opens what answers a need: the question for a password, its failures, or the mailbox. */
export function useOpenNeed(): (need: Need) => void {
  const shell = useShell();
  const askPasswords = usePassword();
  const askTrust = useTrust();
  const openMailboxes = useOpenMailboxes();
  return (need) => {
    const { answer, cause, mailboxes, side } = need;
    const [first] = mailboxes;
    if (!first) return;
    const one = mailboxes.length === 1 ? { mailbox: first.id, email: first.email } : null;
    if (answer === 'password' && shell.access === 'full') return askPasswords(mailboxes);
    if (answer === 'certificate' && side !== null && shell.access === 'full') return askTrust(need, side);
    if (cause !== null)
      return shell.go('error-group', { ...one, group: cause.group, name: needName(need), by: 'code', filter: '' });
    openMailboxes(need);
  };
}

/** Opens the mailbox of a row, or lists those of its cause one by one. */
export function useOpenMailboxes(): (need: Need) => void {
  const shell = useShell();
  return (need) => {
    const { key, mailboxes } = need;
    const [first, ...others] = mailboxes;
    if (first && others.length === 0) shell.go('mailbox', { mailbox: first.id, email: first.email });
    else shell.go('morning', { need: key, name: needName(need) });
  };
}

/** Asks why mailboxes are given up, and gives them up. Those that are given up already are left out. */
export function useGiveUp(): (mailboxes: readonly MailboxEntity[]) => void {
  const { services } = useBatchConsole();
  const shell = useShell();
  const ask = useCommand();
  return (mailboxes) => {
    const open = mailboxes.filter((one) => canBeOrdered('give-up', one.state) === null);
    const [first] = mailboxes;
    if (open.length === 0) return shell.toast('alert', `${first?.email ?? 'it'} is given up already`);
    ask(giveUpForm(open, services.operator), () => {
      shell.toast('good', `${plural(open.length, 'mailbox', 'mailboxes')} given up; undo takes it back`);
    });
  };
}
