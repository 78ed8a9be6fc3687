import { Box } from 'ink';
import { type ReactElement, useReducer } from 'react';
import { Lines } from '../components/Lines.js';
import { Rule } from '../components/Rule.js';
import { AT_TOP, type ScrollMove, scrollBy, seenRange } from '../components/scroll.js';
import type { Binding } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Spans } from '../text/spans.js';

/** Moves in a list, for every screen that has one. */
export const SCROLL_BINDINGS: readonly (Binding & { readonly move: ScrollMove })[] = [
  { id: 'list.up', move: 'up', keys: ['k', 'up'], label: 'up', description: 'One row up', weight: 0 },
  { id: 'list.down', move: 'down', keys: ['j', 'down'], label: 'down', description: 'One row down', weight: 0 },
  {
    id: 'list.page-up',
    move: 'page-up',
    keys: ['pageup', 'ctrl+b'],
    label: 'page up',
    description: 'One page up',
    weight: 0,
  },
  {
    id: 'list.page-down',
    move: 'page-down',
    keys: ['pagedown', 'ctrl+f'],
    label: 'page down',
    description: 'One page down',
    weight: 0,
  },
  { id: 'list.first', move: 'first', keys: ['g', 'home'], label: 'first', description: 'The first row', weight: 0 },
  { id: 'list.last', move: 'last', keys: ['G', 'end'], label: 'last', description: 'The last row', weight: 0 },
];

/** The actions of {@link SCROLL_BINDINGS}. */
export function scrollActions(move: (to: ScrollMove) => void): Readonly<Record<string, () => void>> {
  return Object.fromEntries(SCROLL_BINDINGS.map((one) => [one.id, () => move(one.move)]));
}

const CLOSE: Binding = { id: 'page.close', keys: ['esc', 'q', '?'], label: 'back', description: 'Close', weight: 120 };

export interface ScrolledPageProps {
  readonly title: string;
  readonly lines: readonly Spans[];
  readonly height: number;
  readonly onClose: () => void;
}

/** Text over the whole screen: the help, the history of messages. */
export function ScrolledPage({ title, lines, height, onClose }: ScrolledPageProps): ReactElement {
  const { columns } = useLook();
  const seen = Math.max(1, height - 1);
  const lastTop = Math.max(1, lines.length - seen + 1);
  // The top of the page is what moves: the cursor of a list that ends where the last page begins.
  const [scroll, move] = useReducer((now, to: ScrollMove) => scrollBy(now, to, lastTop, 1), AT_TOP);
  useKeys(
    [...SCROLL_BINDINGS, CLOSE],
    { ...scrollActions(move), 'page.close': onClose },
    { level: 'overlay', reach: 'modal' },
  );
  const range = seenRange({ cursor: 0, top: scroll.cursor }, lines.length, seen);
  return (
    <Box flexDirection="column" width={columns} height={height}>
      <Rule title={lines.length > seen ? `${title}   ${range}` : title} />
      <Lines lines={lines.slice(scroll.cursor, scroll.cursor + seen)} width={columns} height={seen} />
    </Box>
  );
}
