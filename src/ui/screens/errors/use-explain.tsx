import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { useLook } from '../../look.js';
import { useTyped } from '../../model/context.js';
import { useShell } from '../../shell/context.js';
import { TextDialog } from '../../shell/TextDialog.js';
import { explainLines } from './explain-lines.js';

/** Says over the screen why a response was read as it was. */
export function useExplain(): (response: string, entry: ErrorEntryEntity) => void {
  const shell = useShell();
  const typed = useTyped();
  const { columns, rows } = useLook();
  const width = Math.min(100, columns - 4);
  return (response, entry) =>
    shell.overlay(
      <TextDialog
        title="why it was read so"
        lines={explainLines(response, entry, width - 4, typed)}
        width={width}
        most={rows - 4}
        onClose={() => shell.overlay(null)}
      />,
    );
}
