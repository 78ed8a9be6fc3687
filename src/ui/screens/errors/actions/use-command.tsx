import type { EngineCommand } from '../../../../protocol/commands.js';
import { useLook } from '../../../look.js';
import { useShell } from '../../../shell/context.js';
import { CommandDialog, type CommandDialogProps } from './CommandDialog.js';
import type { CommandForm } from './command-forms.js';

/** Cells of a dialog at most. */
const WIDEST = 78;

export function useDialogWidth(): number {
  return Math.min(WIDEST, useLook().columns - 4);
}

/** Asks over the screen for what a command needs; `onDone` gets the answer when the engine obeyed. */
export function useCommand(): <C extends EngineCommand>(
  form: CommandForm<C>,
  onDone: CommandDialogProps<C>['onDone'],
) => void {
  const shell = useShell();
  const width = useDialogWidth();
  const close = () => shell.overlay(null);
  return (form, onDone) =>
    shell.overlay(
      <CommandDialog
        {...form}
        width={width}
        onDone={(answer) => {
          close();
          onDone(answer);
        }}
        onClose={close}
      />,
    );
}
