import { type ReactElement, useReducer } from 'react';
import type { Binding } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Glyphs } from '../text/glyphs.js';
import { type Spans, span, spansWidth } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { button } from './button.js';
import { OverScreen } from './OverScreen.js';
import { paneLines } from './Pane.js';

const DIALOG_KEYS: readonly Binding[] = [
  { id: 'dialog.next', keys: ['right', 'tab', 'l', 'down'], label: 'next', description: 'The next button', weight: 50 },
  {
    id: 'dialog.back',
    keys: ['left', 'shift+tab', 'h', 'up'],
    label: 'back',
    description: 'The button before',
    weight: 40,
  },
  { id: 'dialog.press', keys: ['enter', 'space'], label: 'press', description: 'Press the button', weight: 90 },
  { id: 'dialog.yes', keys: ['y'], label: 'yes', description: 'Do it', weight: 80 },
  { id: 'dialog.cancel', keys: ['esc', 'n', 'q'], label: 'cancel', description: 'Do nothing', weight: 100 },
];

/** The facts that a bulk action shows before it is confirmed. */
export interface Confirmation {
  readonly title: string;
  /** How many, of what, where: `131 UIDs of OVERQUOTA in 2 mailboxes, destination`. The number that is acted on. */
  readonly scope: string;
  /** The first few of them, for the eye. */
  readonly samples: readonly string[];
  /** Further consequences. */
  readonly consequences: readonly string[];
  /** The label of the button: `Retry 131`. */
  readonly action: string;
  /** Where the cursor stands first: on Cancel for what cannot be undone. */
  readonly first: 'action' | 'cancel';
}

export interface DialogProps extends Confirmation {
  readonly width: number;
  readonly onAnswer: (answer: 'yes' | 'no') => void;
}

export function Dialog({ width, onAnswer, ...asks }: DialogProps): ReactElement | null {
  const { glyphs } = useLook();
  const [place, move] = useReducer(
    (now: 'action' | 'cancel') => (now === 'action' ? ('cancel' as const) : ('action' as const)),
    asks.first,
  );
  const other = () => move();
  useKeys(
    DIALOG_KEYS,
    {
      'dialog.next': other,
      'dialog.back': other,
      'dialog.press': () => onAnswer(place === 'action' ? 'yes' : 'no'),
      'dialog.yes': () => onAnswer('yes'),
      'dialog.cancel': () => onAnswer('no'),
    },
    { level: 'overlay', reach: 'modal' },
  );
  const lines = dialogLines(asks, place, width - 4, glyphs);
  const pane = paneLines({ title: asks.title, status: '', focus: 'focused', lines }, width, lines.length + 2, glyphs);
  return <OverScreen lines={pane} width={width} />;
}

/** @param width cells inside of the box */
function dialogLines(asks: Confirmation, place: 'action' | 'cancel', width: number, glyphs: Glyphs): readonly Spans[] {
  const room = Math.max(1, width - 2);
  const paragraph = (text: string, most?: number): Spans[] => wrap(text, room, most).map((line) => [' ', line]);
  const show = (name: 'action' | 'cancel', text: string) => button(text, place === name ? 'focused' : 'quiet', glyphs);
  const buttons: Spans = [show('action', asks.action), '   ', show('cancel', 'Cancel')];
  const taken = spansWidth(buttons);
  return [
    [],
    ...paragraph(asks.scope).map((line): Spans => [' ', span('strong', String(line[1]))]),
    ...asks.samples.slice(0, 5).flatMap((one) => paragraph(one, 2)),
    ...(asks.consequences.length > 0 ? [[]] : []),
    ...asks.consequences.flatMap((one) => paragraph(one)),
    [],
    [' '.repeat(Math.max(1, Math.floor((width - taken) / 2))), ...buttons],
  ];
}
