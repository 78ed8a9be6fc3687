import { type ReactElement, useReducer } from 'react';
import { OverScreen } from '../components/OverScreen.js';
import { paneLines } from '../components/Pane.js';
import { AT_TOP, type ScrollMove, scrollBy, seenRange } from '../components/scroll.js';
import { type Binding, bind } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Spans } from '../text/spans.js';
import { SCROLL_BINDINGS, scrollActions } from './ScrolledPage.js';

const CLOSE: readonly Binding[] = [
  bind('look.back', { id: 'text.close', description: 'Close', weight: 120 }),
  bind('look.open', { id: 'text.enter', label: 'back', description: 'Close', weight: 0 }),
  bind('look.leave', { id: 'text.leave', label: 'back', description: 'Close', weight: 0 }),
];

export interface TextDialogProps {
  readonly title: string;
  /** As wide as the box without its border, 4 cells. */
  readonly lines: readonly Spans[];
  readonly width: number;
  /** Lines of the box at most: what is more is scrolled. */
  readonly most: number;
  readonly onClose: () => void;
}

/** A text in a box over the screen. */
export function TextDialog({ title, lines, width, most, onClose }: TextDialogProps): ReactElement {
  const { glyphs } = useLook();
  const seen = Math.min(lines.length, most - 2);
  const lastTop = Math.max(1, lines.length - seen + 1);
  const [scroll, move] = useReducer((now, to: ScrollMove) => scrollBy(now, to, lastTop, 1), AT_TOP);
  useKeys(
    [...SCROLL_BINDINGS, ...CLOSE],
    { ...scrollActions(move), 'text.close': onClose, 'text.enter': onClose, 'text.leave': onClose },
    { level: 'overlay', reach: 'modal' },
  );
  const status = lines.length > seen ? seenRange({ cursor: 0, top: scroll.cursor }, lines.length, seen) : '';
  const shown = lines.slice(scroll.cursor, scroll.cursor + seen);
  const pane = paneLines({ title, status, focus: 'focused', lines: shown }, width, seen + 2, glyphs);
  return <OverScreen lines={pane} width={width} />;
}
