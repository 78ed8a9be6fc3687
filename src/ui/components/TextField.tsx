import { type ReactElement, useLayoutEffect, useReducer, useRef } from 'react';
import { bind } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import type { Key } from '../terminal/keys.js';
import { widthOf } from '../text/graphemes.js';
import { type Spans, span } from '../text/spans.js';
import { Lines } from './Lines.js';
import { isForText, selectedText, type TextValue, textOf, textValue, typeInto } from './text-value.js';

export interface TextFieldProps {
  readonly width: number;
  readonly initial?: string;
  /** Whether typing appends to the initial text or replaces it. */
  readonly begins?: 'behind' | 'over';
  readonly shows?: 'text' | 'hidden';
  /** Only a focused field takes keys and shows where it writes. */
  readonly focus: 'focused' | 'resting';
  readonly placeholder?: string;
  readonly onClick?: () => void;
  readonly onChange: (text: string) => void;
}

const CLEAR = bind('look.clear', { id: 'field.clear', weight: 50 });

/**
 * A line to write in. Its value is kept in a reducer; `onChange` tells of each change. Enter, Esc and Tab are
 * left to whoever holds the field.
 */
export function TextField(props: TextFieldProps): ReactElement | null {
  const { glyphs } = useLook();
  const [value, type] = useReducer(typeInto, props.initial ?? '', props.begins === 'over' ? selectedText : textValue);
  const told = useRef(value);
  const { onChange, focus } = props;
  useLayoutEffect(() => {
    if (told.current.chars === value.chars) return;
    told.current = value;
    onChange(textOf(value));
  });
  const write = (key: Key): boolean => {
    if (!isForText(key)) return false;
    type(key);
    return true;
  };
  // The hint is shown only where old text must be cleared; the key works everywhere.
  const bindings = props.begins === 'over' && focus === 'focused' ? [CLEAR] : [];
  const clear = () => type({ name: 'ctrl+u', text: '' });
  useKeys(bindings, { 'field.clear': clear }, { level: 'field', ...(focus === 'focused' ? { rest: write } : {}) });
  const hidden = props.shows === 'hidden' ? glyphs.hidden : null;
  const line = fieldLine(value, { width: props.width, focus, hidden, placeholder: props.placeholder ?? '' });
  const { onClick } = props;
  return <Lines lines={[line]} width={props.width} height={1} {...(onClick ? { onClick } : {})} />;
}

interface FieldLook {
  readonly width: number;
  readonly focus: 'focused' | 'resting';
  /** The sign that stands for each character, or null when they are shown. */
  readonly hidden: string | null;
  readonly placeholder: string;
}

/** The value with its cursor in view, in at most `width` cells. */
export function fieldLine(value: TextValue, { width, focus, hidden, placeholder }: FieldLook): Spans {
  if (value.chars.length === 0) {
    const hint = span('dim', placeholder);
    return focus === 'focused' ? [span('selected', ' '), hint] : [hint];
  }
  const shown = value.chars.map((char) => hidden ?? char);
  if (focus === 'resting') return [shown.join('')];
  if (value.selected) return [span('selected', lastThatFit(shown, width - 1)), ' '];
  const under = shown[value.cursor] ?? ' ';
  const front = lastThatFit(shown.slice(0, value.cursor), width - widthOf(under));
  return [front, span('selected', under), shown.slice(value.cursor + 1).join('')];
}

function lastThatFit(chars: readonly string[], width: number): string {
  let start = chars.length;
  let taken = 0;
  while (start > 0) {
    const wide = widthOf(chars[start - 1] ?? '');
    if (taken + wide > width) break;
    taken += wide;
    start -= 1;
  }
  return chars.slice(start).join('');
}
