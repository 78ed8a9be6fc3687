import { type ReactElement, useReducer } from 'react';
import { OverScreen } from '../components/OverScreen.js';
import { paneLines } from '../components/Pane.js';
import { type Binding, bind } from '../keys/bindings.js';
import type { Click } from '../keys/mouse-hub.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import { aimed, type Spans, span } from '../text/spans.js';

const MENU_KEYS: readonly Binding[] = [
  bind('look.line', { id: 'sort.line', label: 'choose', description: 'Sort by the column of this number', weight: 60 }),
  bind('look.up', { id: 'list.up', weight: 0 }),
  bind('look.down', { id: 'list.down', weight: 0 }),
  bind('look.open', { id: 'sort.choose', label: 'choose', description: 'Sort by the column', weight: 90 }),
  bind('look.sort', { id: 'sort.close', label: 'back', description: 'Close', weight: 0 }),
  bind('look.leave', { id: 'sort.leave', label: 'back', description: 'Close', weight: 0 }),
  bind('look.back', { id: 'sort.back', description: 'Close', weight: 120 }),
];

/** An order to choose. */
export interface SortChoice {
  readonly title: string;
  /** The direction that choosing it gives; null: it has none. */
  readonly direction: 'up' | 'down' | null;
  readonly isCurrent: boolean;
}

export interface SortMenuProps {
  readonly choices: readonly SortChoice[];
  readonly onChoose: (index: number) => void;
  readonly onClose: () => void;
}

const WIDTH = 44;

/** The columns of a list, each with a number: one key sorts by it, and once more turns it around. */
export function SortMenu({ choices, onChoose, onClose }: SortMenuProps): ReactElement {
  const { glyphs } = useLook();
  const current = choices.findIndex(({ isCurrent }) => isCurrent);
  const [cursor, move] = useReducer(
    (now: number, by: number) => Math.max(0, Math.min(choices.length - 1, now + by)),
    Math.max(0, current),
  );
  const choose = (index: number): void => {
    if (index < 0 || index >= choices.length) return;
    onClose();
    onChoose(index);
  };
  useKeys(
    MENU_KEYS,
    {
      'sort.line': (key) => choose(Number(key) - 1),
      'list.up': () => move(-1),
      'list.down': () => move(1),
      'sort.choose': () => choose(cursor),
      'sort.close': onClose,
      'sort.leave': onClose,
      'sort.back': onClose,
    },
    { level: 'overlay', reach: 'modal' },
  );
  const rows = choices.map(({ title, direction, isCurrent }, index): Spans => {
    const sign = direction === null ? ' ' : glyphs[direction];
    const text = `${index === cursor ? glyphs.cursor : ' '} ${index + 1}  ${sign} ${title}${isCurrent ? '  (now)' : ''}`;
    return aimed({ part: String(index) }, [span(index === cursor ? 'selected' : 'text', text.padEnd(WIDTH - 4))]);
  });
  const lines = [[], ...rows, []];
  const pane = paneLines({ title: 'sort by', status: '', focus: 'focused', lines }, WIDTH, lines.length + 2, glyphs);
  const onClick = ({ part }: Click) => part !== null && choose(Number(part));
  return <OverScreen lines={pane} width={WIDTH} onClick={onClick} />;
}
