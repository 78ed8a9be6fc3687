import type { MailboxEntity } from '../../../protocol/entities.js';
import { Prompt } from '../../components/Prompt.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';

const WIDTH = 62;

/** Asks for the passwords that mailboxes wait for, one after the other; each goes to the engine when it is typed. */
export function usePassword(): (mailboxes: readonly MailboxEntity[]) => void {
  const { model } = useBatchConsole();
  const shell = useShell();
  const give = async ({ id, email }: MailboxEntity, side: 'source' | 'destination', secret: string): Promise<void> => {
    const answer = await model.command({ do: 'password', mailbox: id, side, secret });
    if (answer.ok) shell.toast('good', `${email}: the password is with the engine, it logs in now`);
    else shell.toast('alert', answer.why);
  };
  const ask = (asking: readonly MailboxEntity[], at: number): void => {
    const mailbox = asking[at];
    const side = mailbox?.asksPassword ?? null;
    if (!mailbox || side === null) {
      shell.overlay(null);
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
        onTaken={() => ask(asking, at + 1)}
        onClose={() => shell.overlay(null)}
      />,
    );
  };
  return (mailboxes) =>
    ask(
      mailboxes.filter(({ asksPassword }) => asksPassword !== null),
      0,
    );
}
