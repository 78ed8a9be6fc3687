import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import { Filter } from '../../components/Filter.js';
import { Lines } from '../../components/Lines.js';
import { type Binding, bind } from '../../keys/bindings.js';
import { useLook } from '../../look.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';

/** `/`, the same on every screen that has a list. */
export function filterBinding(screen: string): Binding {
  return bind('look.filter', { id: `${screen}.filter`, command: 'filter', weight: 25 });
}

export interface FilterState {
  readonly text: string;
  /** The operator typed it here: it is cleared before the screen is left. */
  readonly isOwn: boolean;
  readonly open: () => void;
  readonly clear: () => void;
  readonly isOpen: boolean;
  /** The line to type into, over the last line of the screen, and what is wrong with it below. */
  readonly line: (width: number, wrong?: string | null) => ReactElement | null;
  /** The filter as the title of the list names it, or nothing. */
  readonly said: Spans;
}

/** `   filter ann`, for the title of a list. */
export function filterSaid(text: string): Spans {
  return text === '' ? [] : ['   filter ', span('accent', text)];
}

/** @param initial  until another one is typed  @param hint  what may be typed */
export function useFilter(initial = '', hint?: string): FilterState {
  const [text, setText] = useKept('filter', initial);
  const [isOpen, setOpen] = useState(false);
  const { glyphs } = useLook();
  return {
    text,
    isOwn: text !== '' && text !== initial,
    isOpen,
    open: () => setOpen(true),
    clear: () => setText(''),
    said: filterSaid(text),
    line: (width, wrong = null) => {
      const said = wrong !== null && <Lines lines={[[' ', span('alert', `${glyphs.alert} ${wrong}`)]]} width={width} />;
      if (!isOpen) return said || null;
      return (
        <Box flexDirection="column">
          <Filter
            width={width}
            text={text}
            {...(hint === undefined ? {} : { hint })}
            onChange={setText}
            onDone={(how) => {
              if (how === 'clear') setText('');
              setOpen(false);
            }}
          />
          {said}
        </Box>
      );
    },
  };
}
