import { useEffect, useState } from 'react';
import { useLook } from '../../look.js';
import { useShell } from '../../shell/context.js';
import { TextDialog } from '../../shell/TextDialog.js';
import { widthOf } from '../../text/graphemes.js';
import type { Spans } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { useStart } from './context.js';
import { draftOf, mayMove } from './form-state.js';
import type { DryRunSeen } from './services.js';
import type { MoveFormState } from './use-move-form.js';

/** Looks at what the form would copy, and shows it over the screen unless the operator went elsewhere meanwhile. */
export function useDryRun({ form, act }: MoveFormState): () => Promise<void> {
  const { services } = useStart();
  const shell = useShell();
  const { columns, rows } = useLook();
  const width = Math.min(110, columns - 4);
  const [seen, setSeen] = useState<DryRunSeen | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown once, when it is there
  useEffect(() => {
    if (seen === null) return;
    if (!seen.ok) shell.toast('alert', seen.why);
    else if (form.place !== 'dry run') shell.toast('text', 'the dry run is done: press Dry run to read it');
    else
      shell.overlay(
        <TextDialog
          title="dry run: nothing was changed"
          lines={seen.lines.flatMap((line) => asTold(line, width - 6))}
          width={width}
          most={rows - 4}
          onClose={() => shell.overlay(null)}
        />,
      );
  }, [seen]);
  return async () => {
    if (form.looking === 'yes' || !mayMove(form)) return;
    act({ do: 'looking', looking: 'yes' });
    const said = await services.dryRun(draftOf(form));
    act({ do: 'looking', looking: 'no' });
    setSeen({ ...said });
  };
}

/** A line of a table keeps its columns; one that is too long is wrapped. */
function asTold(line: string, width: number): readonly Spans[] {
  return (widthOf(line) <= width ? [line] : wrap(line, width)).map((text): Spans => [' ', text]);
}
