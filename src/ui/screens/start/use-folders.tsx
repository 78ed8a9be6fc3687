import { useLook } from '../../look.js';
import { useShell } from '../../shell/context.js';
import { FoldersDialog } from './FoldersDialog.js';
import { foldersOf, mayMove } from './form-state.js';
import type { MoveFormState } from './use-move-form.js';

/** Opens the list of the source's folders over the screen; what is chosen there stands in the form. */
export function useFolders({ form, act }: MoveFormState): () => void {
  const shell = useShell();
  const { columns, rows } = useLook();
  const close = () => shell.overlay(null);
  return () => {
    if (!mayMove(form)) return;
    shell.overlay(
      <FoldersDialog
        folders={foldersOf(form)}
        choice={form.scope.chosen}
        width={Math.min(90, columns - 4)}
        height={rows - 4}
        onTake={(chosen) => {
          act({ do: 'choose', chosen });
          close();
        }}
        onClose={close}
      />,
    );
  };
}
