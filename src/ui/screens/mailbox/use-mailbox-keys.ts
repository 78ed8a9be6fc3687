import type { MailboxEntity } from '../../../protocol/entities.js';
import type { Actions } from '../../keys/dispatch.js';
import { labelled } from '../../keys/labelled.js';
import { useKeys } from '../../keys/use-keys.js';
import { mailboxLine } from '../../select/mailbox-text.js';
import { pauseOrContinue } from '../../select/orders.js';
import { useShell } from '../../shell/context.js';
import type { List } from '../shared/use-list.js';
import { useGiveUp } from '../shared/use-needs.js';
import { useOrders } from '../shared/use-orders.js';
import { usePassword } from '../shared/use-password.js';
import { MAILBOX_BINDINGS } from './bindings.js';

/** The keys of a mailbox's screen. @param own  what the screen itself does */
export function useMailboxKeys(mailbox: MailboxEntity, list: Pick<List<unknown>, 'actions'>, own: Actions): void {
  const shell = useShell();
  const order = useOrders();
  const askPasswords = usePassword();
  const giveUp = useGiveUp();
  useKeys(labelled(MAILBOX_BINDINGS, mailbox.provider ? { 'mailbox.copy': 'copy the text' } : {}), {
    ...list.actions,
    ...own,
    'mailbox.open': () => shell.go('errors', { mailbox: mailbox.id, email: mailbox.email }),
    'mailbox.errors': () => shell.go('errors', { mailbox: mailbox.id, email: mailbox.email }),
    'mailbox.log': () => shell.go('log', { mailbox: mailbox.email }),
    'mailbox.password': mailbox.asksPassword === null ? undefined : () => askPasswords([mailbox]),
    'mailbox.start': () => void order({ kind: 'start' }, [mailbox]),
    'mailbox.pause': () => void order(pauseOrContinue([mailbox]), [mailbox]),
    'mailbox.stop': () => void order({ kind: 'stop' }, [mailbox]),
    'mailbox.give-up': () => giveUp([mailbox]),
    'mailbox.copy': () =>
      mailbox.provider
        ? shell.copy(mailbox.provider.text, 'the text for the provider')
        : shell.copy(mailboxLine(mailbox), mailbox.email),
  });
}
