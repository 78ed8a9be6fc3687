import { Prompt } from '../../components/Prompt.js';
import { useLook } from '../../look.js';
import { useShell } from '../../shell/context.js';
import { useStart } from '../start/context.js';

const EXPLAINS =
  'The file of the plan, CSV. Its servers are those of nightferry.toml, or those that its rows name. Nothing is changed on either side.';

/** Asks for a plan, and leaves the start screen for its check where it can be read. */
export function useCheckPlan(): () => void {
  const { services, choose } = useStart();
  const { columns } = useLook();
  const shell = useShell();
  const read = async (path: string): Promise<void> => {
    const done = await services.readsPlan(path);
    if (done.ok) choose({ check: path }, shell.leave);
    else shell.toast('alert', done.why);
  };
  return () =>
    shell.overlay(
      <Prompt
        title="check a plan"
        explains={EXPLAINS}
        initial=""
        width={Math.min(76, columns - 4)}
        onDone={(typed) => {
          if (typed.trim() === '') return 'type its path';
          void read(typed.trim());
          return null;
        }}
        onClose={() => shell.overlay(null)}
      />,
    );
}
