import { useView } from '../../model/context.js';
import { useShell } from '../../shell/context.js';

/** Goes to the screen of a mailbox that is known by its address. */
export function useOpenMailbox(): (email: string) => void {
  const { mailboxes } = useView();
  const shell = useShell();
  return (email) => {
    const id = mailboxes.find((one) => one.email === email)?.id;
    if (id !== undefined) shell.go('mailbox', { mailbox: id, email });
  };
}
