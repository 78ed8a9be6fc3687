import type { ReactElement } from 'react';
import { type Binding, besideText, bind } from '../keys/bindings.js';
import type { Click } from '../keys/mouse-hub.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Key } from '../terminal/keys.js';
import type { Spans } from '../text/spans.js';
import {
  ACTION,
  CANCEL,
  type Field,
  type FormMove,
  type FormState,
  type FormStep,
  fieldValue,
  focusOf,
} from './form.js';
import { buttonLine, fieldLines, optionPart } from './form-lines.js';
import { OverScreen } from './OverScreen.js';
import { paneLines } from './Pane.js';

/** The key that changes a choice of each shape. */
const CHANGES = { line: 'form.right', list: 'form.down' } as const;

const FORM_KEYS: readonly Binding[] = [
  bind('look.next', { id: 'form.next', description: 'The next field or button', weight: 50 }),
  bind('look.previous', { id: 'form.back', description: 'The field before', weight: 0 }),
  bind('look.down', { id: 'form.down', description: 'The next one below', weight: 0 }),
  bind('look.up', { id: 'form.up', description: 'The one above', weight: 0 }),
  bind('look.left', { id: 'form.left', label: 'change', description: 'The choice to the left', weight: 0 }),
  bind('look.right', { id: 'form.right', label: 'change', description: 'The choice to the right', weight: 0 }),
  bind('look.open', {
    id: 'form.press',
    label: 'confirm',
    description: 'Do it, or cancel where the cursor is there',
    weight: 90,
  }),
  bind('look.clear', { id: 'form.clear', weight: 30 }),
  bind('look.back', { id: 'form.cancel', label: 'cancel', description: 'Do nothing', weight: 100 }),
  bind('look.leave', { id: 'form.leave', label: 'cancel', description: 'Do nothing', weight: 0 }),
].map(besideText);

export interface FormDialogProps {
  readonly title: string;
  /** At the right end of the upper border. */
  readonly status: string;
  /** Above the fields, and below them. */
  readonly head: readonly Spans[];
  readonly fields: readonly Field[];
  readonly foot: readonly Spans[];
  readonly state: FormState;
  /** The label of the button; null: nothing can be confirmed now. */
  readonly action: string | null;
  readonly width: number;
  readonly onStep: (step: FormStep) => void;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** A question in a box over the screen: what it is about, choices and texts, and two buttons. */
export function FormDialog(props: FormDialogProps): ReactElement {
  const { title, status, head, fields, foot, state, action, width, onStep } = props;
  const { glyphs } = useLook();
  const focus = focusOf(state, fields);
  const field = fields.find(({ id }) => id === focus);
  const isText = field !== undefined && field.kind !== 'choice';
  const step = (to: FormMove) => () => onStep({ do: to });
  const changes = field?.kind === 'choice' ? CHANGES[field.shape] : null;
  useKeys(
    FORM_KEYS.map((binding) => (binding.id === changes ? { ...binding, label: 'change', weight: 40 } : binding)),
    {
      'form.next': step('next'),
      'form.back': step('back'),
      'form.down': step('down'),
      'form.up': step('up'),
      // In a text they move its cursor.
      'form.left': isText ? undefined : step('left'),
      'form.right': isText ? undefined : step('right'),
      'form.clear':
        isText && fieldValue(state, field) !== ''
          ? () => onStep({ do: 'type', key: { name: 'ctrl+u', text: '' } })
          : undefined,
      'form.press': focus === CANCEL ? props.onClose : props.onConfirm,
      'form.cancel': props.onClose,
      'form.leave': props.onClose,
    },
    {
      level: 'overlay',
      reach: 'modal',
      rest: (key: Key) => {
        if (isText) onStep({ do: 'type', key });
        return isText;
      },
    },
  );
  const inner = width - 4;
  const between = (lines: readonly Spans[]): readonly Spans[] => (lines.length > 0 ? [[], ...lines] : []);
  const lines: readonly Spans[] = [
    ...between(head),
    ...between(fieldLines(fields, state, inner, glyphs)),
    ...between(foot),
    [],
    // Where there is nothing to confirm, Enter cancels from anywhere.
    buttonLine(action, props.onConfirm === props.onClose ? CANCEL : focus, inner, glyphs),
  ];
  const pane = paneLines({ title, status, focus: 'focused', lines }, width, lines.length + 2, glyphs);
  const onClick = ({ part }: Click): void => {
    if (part === ACTION) props.onConfirm();
    if (part === CANCEL) props.onClose();
    for (const one of fields) {
      if (one.id === part) onStep({ do: 'go', to: one.id });
      const option = one.kind === 'choice' && one.options.find(({ id }) => optionPart(one.id, id) === part);
      if (option) onStep({ do: 'choose', field: one.id, option: option.id });
    }
  };
  return <OverScreen lines={pane} width={width} onClick={onClick} />;
}
