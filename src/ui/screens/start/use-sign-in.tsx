import type { Side } from '../../../words/side.js';
import { useShell } from '../../shell/context.js';
import { useDialogWidth } from '../errors/actions/use-command.js';
import { useStart } from './context.js';
import { SignInDialog } from './SignInDialog.js';
import type { SideTest } from './services.js';
import type { SideFields } from './typed-fields.js';
import type { MoveFormState } from './use-move-form.js';

const TAKES_TOKENS =
  'This server takes access tokens in place of a password. An application of nightferry.toml gets them.';
const TAKES_BOTH =
  'This password is refused. An application of nightferry.toml gets access tokens in its place; Esc goes back to the password.';
const NO_PASSWORD = 'No password was typed. An application of nightferry.toml can get access tokens in its place.';

type Retest = (side: Side, typed: SideFields, signal: AbortSignal) => Promise<unknown>;

/**
 * Offers access tokens where a password will not do, and tests again with them. Nothing is asked once the operator went on,
 * or where no application is configured.
 */
export function useSigningIn({ act, latest }: MoveFormState, retest: Retest) {
  const shell = useShell();
  const { services } = useStart();
  const width = useDialogWidth();
  return async (side: Side, typed: SideFields, result: SideTest, signal: AbortSignal): Promise<void> => {
    const waits = () => !signal.aborted && latest().place === 'test' && latest().typed[side] === typed;
    const isMissing = typed.password === '' && typed.application === '';
    if (result.ok || result.at !== 'password' || !(isMissing || result.takes !== undefined)) return;
    const applications = await services.applications();
    if (applications.length === 0 || !waits()) return;
    const application = await new Promise<string | null>((chosen) => {
      const close = (name: string | null) => {
        shell.overlay(null);
        chosen(name);
      };
      shell.whenFree(
        () =>
          shell.overlay(
            <SignInDialog
              {...{ side, applications, width }}
              why={isMissing ? NO_PASSWORD : result.takes === 'access tokens' ? TAKES_TOKENS : TAKES_BOTH}
              onSignedIn={close}
              onClose={() => close(null)}
            />,
          ),
        waits,
      );
    });
    if (application === null || !waits()) return;
    const using = { ...typed, password: '', application };
    act({ do: 'signed in', side, typed: using });
    await retest(side, using, signal);
  };
}
