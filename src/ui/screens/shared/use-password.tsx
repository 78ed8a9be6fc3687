import type { MailboxEntity } from '../../../protocol/entities.js';
import type { Side } from '../../../words/side.js';
import { Prompt } from '../../components/Prompt.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';
import { PasswordsDialog } from './PasswordsDialog.js';
import type { PasswordSource } from './password-fields.js';
import { usePasswordsGiven } from './use-passwords-given.js';

const WIDTH = 62;

/**
 * Asks for the passwords that mailboxes wait for; each goes to the engine when it is known. Of several mailboxes it is
 * asked first where they come from: twenty passwords are read from a corrected plan sooner than typed.
 */
export function usePassword(): (mailboxes: readonly MailboxEntity[]) => void {
  const { model, services } = useBatchConsole();
  const shell = useShell();
  const giveMany = usePasswordsGiven();
  const close = () => shell.overlay(null);
  const give = async ({ id, email }: MailboxEntity, side: Side, secret: string): Promise<void> => {
    const answer = await model.command({ do: 'password', mailbox: id, side, secret });
    if (answer.ok) shell.toast('good', `${email}: the password is with the engine, it logs in now`);
    else shell.toast('alert', answer.why);
  };
  const typeEach = (asking: readonly MailboxEntity[], at: number): void => {
    const mailbox = asking[at];
    const side = mailbox?.asksPassword ?? null;
    if (!mailbox || side === null) {
      close();
      return;
    }
    const which = asking.length > 1 ? ` (${at + 1} of ${asking.length})` : '';
    const done = (secret: string): string | null => {
      if (secret === '') return 'an empty password is not sent';
      void give(mailbox, side, secret);
      return null;
    };
    shell.overlay(
      <Prompt
        key={mailbox.id}
        title={`password of the ${side}${which}`}
        explains={`${mailbox.email}: it goes to the engine's memory and nowhere else`}
        initial=""
        shows="hidden"
        width={WIDTH}
        onDone={done}
        onTaken={() => typeEach(asking, at + 1)}
        onClose={close}
      />,
    );
  };
  const given = async (asking: readonly MailboxEntity[], from: PasswordSource): Promise<string | null> => {
    if (from.kind === 'each') typeEach(asking, 0);
    else {
      const why = await giveMany(asking, from);
      if (why !== null) return why;
      close();
    }
    return null;
  };
  return (mailboxes) => {
    const asking = mailboxes.filter(({ asksPassword }) => asksPassword !== null);
    if (asking.length < 2) typeEach(asking, 0);
    else
      shell.overlay(
        <PasswordsDialog
          mailboxes={asking}
          planPath={services.planPath}
          onGiven={(from) => given(asking, from)}
          onClose={close}
        />,
      );
  };
}
