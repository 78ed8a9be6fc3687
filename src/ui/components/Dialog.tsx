import { type ReactElement, useReducer } from 'react';
import { type Binding, bind } from '../keys/bindings.js';
import type { Click } from '../keys/mouse-hub.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Glyphs } from '../text/glyphs.js';
import { aimed, type Spans, span, spansWidth } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { button } from './button.js';
import { OverScreen } from './OverScreen.js';
import { paneLines } from './Pane.js';

const DIALOG_KEYS: readonly Binding[] = [
  bind('look.next', { id: 'dialog.next', description: 'The next button', weight: 50 }),
  bind('look.right', { id: 'dialog.right', description: 'The button to the right', weight: 0 }),
  bind('look.previous', { id: 'dialog.back', description: 'The button before', weight: 0 }),
  bind('look.left', { id: 'dialog.left', description: 'The button to the left', weight: 0 }),
  bind('look.open', { id: 'dialog.press', label: 'press', description: 'Press the button', weight: 90 }),
  bind('work.yes', { id: 'dialog.yes', weight: 80 }),
  bind('look.back', { id: 'dialog.cancel', label: 'cancel', description: 'Do nothing', weight: 100 }),
  bind('look.leave', { id: 'dialog.leave', label: 'cancel', description: 'Do nothing', weight: 0 }),
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
      'dialog.right': other,
      'dialog.back': other,
      'dialog.left': other,
      'dialog.press': () => onAnswer(place === 'action' ? 'yes' : 'no'),
      'dialog.yes': () => onAnswer('yes'),
      'dialog.cancel': () => onAnswer('no'),
      'dialog.leave': () => onAnswer('no'),
    },
    { level: 'overlay', reach: 'modal' },
  );
  const lines = dialogLines(asks, place, width - 4, glyphs);
  const pane = paneLines({ title: asks.title, status: '', focus: 'focused', lines }, width, lines.length + 2, glyphs);
  const onClick = ({ part }: Click): void => {
    if (part === 'action') onAnswer('yes');
    else if (part === 'cancel') onAnswer('no');
  };
  return <OverScreen lines={pane} width={width} onClick={onClick} />;
}

/** @param width cells inside of the box */
function dialogLines(asks: Confirmation, place: 'action' | 'cancel', width: number, glyphs: Glyphs): readonly Spans[] {
  const room = Math.max(1, width - 2);
  const paragraph = (text: string, most?: number): Spans[] => wrap(text, room, most).map((line) => [' ', line]);
  const show = (name: 'action' | 'cancel', text: string) =>
    aimed({ part: name }, [button(text, place === name ? 'focused' : 'quiet', glyphs)]);
  const buttons: Spans = [...show('action', asks.action), '   ', ...show('cancel', 'Cancel')];
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
