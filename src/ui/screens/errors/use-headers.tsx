import { type ReactElement, useEffect, useState } from 'react';
import type { FailedMessages } from '../../../protocol/answers.js';
import { useLook } from '../../look.js';
import { useBatchConsole } from '../../model/context.js';
import type { TriageTarget } from '../../select/triage-target.js';
import { useShell } from '../../shell/context.js';
import { TextDialog } from '../../shell/TextDialog.js';
import { type Spans, span } from '../../text/spans.js';
import { headerLines } from './header-lines.js';

/** Shows From, Subject, date and size of failed messages over the screen. They are read from the source for this and kept nowhere. */
export function useHeaders(): (target: TriageTarget) => void {
  const shell = useShell();
  return (target) => shell.overlay(<HeadersDialog target={target} onClose={() => shell.overlay(null)} />);
}

type Read =
  | { readonly kind: 'asking' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'known'; readonly headers: FailedMessages };

function HeadersDialog({ target, onClose }: { target: TriageTarget; onClose: () => void }): ReactElement {
  const { columns, rows } = useLook();
  const { model } = useBatchConsole();
  const [read, set] = useState<Read>({ kind: 'asking' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it opens
  useEffect(() => {
    void model.command({ do: 'headers', selection: target.selection }).then((answer) => {
      set(answer.ok ? { kind: 'known', headers: answer.headers } : { kind: 'refused', why: answer.why });
    });
  }, []);
  const width = Math.min(140, columns - 4);
  const lines: readonly Spans[] =
    read.kind === 'known'
      ? headerLines(read.headers, width - 4)
      : [[' ', read.kind === 'asking' ? span('dim', 'asking the source ...') : span('alert', read.why)]];
  return (
    <TextDialog title={`messages of ${target.called}`} lines={lines} width={width} most={rows - 4} onClose={onClose} />
  );
}
