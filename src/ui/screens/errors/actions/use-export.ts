import { plural } from '../../../../words/units.js';
import { useBatchConsole } from '../../../model/context.js';
import type { Meant } from '../../../select/meant.js';
import { useShell } from '../../../shell/context.js';
import { exportForm, fileName } from './command-forms.js';
import { useCommand } from './use-command.js';

/** Asks where to, and writes what is meant into a file. */
export function useExport(): (meant: Meant) => void {
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const ask = useCommand();
  return (meant) => {
    const { batch, now } = model.view();
    const wholePath = (typed: string) => services.wholePath(typed);
    const form = exportForm(meant, { batch: fileName(batch?.name ?? 'nightferry'), now, wholePath });
    ask(form, ({ saved }) => shell.toast('good', `${plural(saved.rows, 'row')} saved to ${saved.path}`));
  };
}
