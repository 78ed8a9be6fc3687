import { fileStamp } from '../../../words/times.js';
import { plural } from '../../../words/units.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';

/** Saves lines to a file, once that is confirmed, and says where they are. */
export function useSave(): (what: string, lines: readonly string[]) => Promise<void> {
  const { model, services } = useBatchConsole();
  const shell = useShell();
  return async (what, lines) => {
    const { batch, now } = model.view();
    const name = `${batch?.name ?? 'nightferry'}-${what}-${fileStamp(now)}.txt`;
    const answer = await shell.ask({
      title: 'save',
      scope: `${plural(lines.length, 'line')} to ${name}`,
      samples: [],
      consequences: [],
      action: 'Save',
      first: 'action',
    });
    if (answer === 'no') return;
    const saved = await services.save(name, `${lines.join('\n')}\n`);
    if (saved.ok) shell.toast('good', `${plural(lines.length, 'line')} saved to ${saved.path}`);
    else shell.toast('alert', `not saved: ${saved.why}`);
  };
}
