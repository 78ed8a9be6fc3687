import { plural } from '../../../../words/units.js';
import { useBatchConsole } from '../../../model/context.js';
import type { TriageTarget } from '../../../select/triage-target.js';
import { useShell } from '../../../shell/context.js';
import { exportForm, fileName } from './command-forms.js';
import { useCommand } from './use-command.js';

/** Asks where to, and writes the target into a file. */
export function useExport(): (target: TriageTarget) => void {
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const ask = useCommand();
  return (target) => {
    const { batch, now } = model.view();
    const wholePath = (typed: string) => services.wholePath(typed);
    const form = exportForm(target, { batch: fileName(batch?.name ?? 'nightferry'), now, wholePath });
    ask(form, ({ saved }) => shell.toast('good', `${plural(saved.rows, 'row')} saved to ${saved.path}`));
  };
}
