import { type ReactElement, useState } from 'react';
import { Filter } from '../../components/Filter.js';
import type { Binding } from '../../keys/bindings.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';

/** `/`, the same on every screen that has a list. */
export function filterBinding(screen: string): Binding {
  return {
    id: `${screen}.filter`,
    keys: ['/'],
    label: 'filter',
    description: 'Show what has these words; !word leaves out what has it',
    command: 'filter',
    weight: 25,
  };
}

export interface FilterState {
  readonly text: string;
  readonly open: () => void;
  readonly clear: () => void;
  readonly isOpen: boolean;
  /** The line to type into, over the last line of the screen. */
  readonly line: (width: number) => ReactElement | null;
  /** For the title of the list: what is filtered by, or nothing. */
  readonly said: Spans;
}

export function useFilter(): FilterState {
  const [text, setText] = useKept('filter', '');
  const [isOpen, setOpen] = useState(false);
  return {
    text,
    isOpen,
    open: () => setOpen(true),
    clear: () => setText(''),
    said: text === '' ? [] : ['   filter ', span('accent', text)],
    line: (width) =>
      isOpen ? (
        <Filter
          width={width}
          text={text}
          onChange={setText}
          onDone={(how) => {
            if (how === 'clear') setText('');
            setOpen(false);
          }}
        />
      ) : null,
  };
}
