import { Box } from 'ink';
import { type ReactElement, useReducer, useState } from 'react';
import { Filter } from '../components/Filter.js';
import { Lines } from '../components/Lines.js';
import { Rule } from '../components/Rule.js';
import { AT_TOP, type ScrollMove, scrollBy, seenRange } from '../components/scroll.js';
import { type Binding, bind } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import { type Spans, span } from '../text/spans.js';

/** Moves in a list, for every screen that has one. */
export const SCROLL_BINDINGS: readonly Binding[] = [
  bind('look.up', { id: 'list.up', weight: 0 }),
  bind('look.down', { id: 'list.down', weight: 0 }),
  bind('look.pageUp', { id: 'list.page-up', weight: 0 }),
  bind('look.pageDown', { id: 'list.page-down', weight: 0 }),
  bind('look.first', { id: 'list.first', weight: 0 }),
  bind('look.last', { id: 'list.last', weight: 0 }),
];

/** The actions of {@link SCROLL_BINDINGS}. */
export function scrollActions(move: (to: ScrollMove) => void): Readonly<Record<string, () => void>> {
  const moves = ['up', 'down', 'page-up', 'page-down', 'first', 'last'] as const;
  return Object.fromEntries(moves.map((to) => [`list.${to}`, () => move(to)]));
}

const PAGE_BINDINGS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('pager.space', { id: 'page.space', weight: 40 }),
  bind('look.filter', { id: 'page.find', label: 'find', description: 'Show what has these words', weight: 50 }),
  bind('look.help', { id: 'page.help', label: 'back', description: 'Close', weight: 0 }),
  bind('look.leave', { id: 'page.leave', label: 'back', description: 'Close', weight: 0 }),
];

export interface ScrolledPageProps {
  readonly title: string;
  /** The lines that have these words; '': all. */
  readonly linesFor: (words: string) => readonly Spans[];
  readonly height: number;
  readonly onClose: () => void;
}

/** Text over the whole screen, with a search: the help, the history of messages. */
export function ScrolledPage({ title, linesFor, height, onClose }: ScrolledPageProps): ReactElement {
  const { columns } = useLook();
  const [find, setFind] = useState({ words: '', isOpen: false });
  const lines = linesFor(find.words);
  const seen = Math.max(1, height - 1);
  const lastTop = Math.max(1, lines.length - seen + 1);
  // The top of the page is what moves: the cursor of a list that ends where the last page begins.
  const [scroll, move] = useReducer((now, to: ScrollMove) => scrollBy(now, to, lastTop, 1), AT_TOP);
  const top = Math.min(scroll.cursor, lastTop - 1);
  const page = (to: 'up' | 'down') => {
    for (let line = 1; line < seen; line++) move(to);
  };
  const isFound = find.words !== '';
  const back = bind('look.back', {
    id: 'page.close',
    label: isFound ? 'all of it' : 'back',
    description: 'Close',
    weight: 120,
  });
  useKeys(
    [...PAGE_BINDINGS, back],
    {
      ...scrollActions(move),
      'list.page-up': () => page('up'),
      'list.page-down': () => page('down'),
      'page.space': () => page('down'),
      'page.find': () => setFind((now) => ({ ...now, isOpen: true })),
      'page.close': isFound ? () => setFind({ words: '', isOpen: false }) : onClose,
      'page.help': onClose,
      'page.leave': onClose,
    },
    { level: 'overlay', reach: 'modal' },
  );
  const range = seenRange({ cursor: 0, top }, lines.length, seen);
  const shown: Spans = [
    span('strong', title),
    ...(isFound ? ['   ', span('accent', find.words)] : []),
    ...(lines.length > seen ? [`   ${range}`] : []),
  ];
  return (
    <Box flexDirection="column" width={columns} height={height}>
      <Rule title={shown} />
      <Lines lines={lines.slice(top, top + seen)} width={columns} height={seen} />
      {find.isOpen && (
        <Box position="absolute" marginTop={height - 1}>
          <Filter
            width={columns}
            text={find.words}
            onChange={(words) => setFind((now) => ({ ...now, words }))}
            onDone={(how) => setFind((now) => ({ words: how === 'clear' ? '' : now.words, isOpen: false }))}
          />
        </Box>
      )}
    </Box>
  );
}
