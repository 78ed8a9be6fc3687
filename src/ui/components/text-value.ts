import { isEditingKey } from '../keys/text-keys.js';
import type { Key } from '../terminal/keys.js';
import { charactersOf } from '../text/graphemes.js';

/** The text of a text field, and the character that the cursor is before. */
export interface TextValue {
  readonly chars: readonly string[];
  readonly cursor: number;
  /** All of it gives way to the next character; any other key of a text keeps it. */
  readonly selected?: true;
}

export const EMPTY_TEXT: TextValue = { chars: [], cursor: 0 };

/** Longest text of a field, in characters. */
const LONGEST = 1_024;

export function textValue(text: string): TextValue {
  const chars = charactersOf(text);
  return { chars, cursor: chars.length };
}

/** An old value, as likely to be replaced as to be mended. */
export function selectedText(text: string): TextValue {
  return text === '' ? EMPTY_TEXT : { ...textValue(text), selected: true };
}

export function textOf(value: TextValue): string {
  return value.chars.join('');
}

/**
 * After a key. In a reducer, so that ten keys of one chunk are ten changes; a field that keeps its value
 * in its parent's props would lose nine.
 *
 * @returns the same value when the key is not for a text field
 */
export function typeInto(value: TextValue, key: Key): TextValue {
  const { chars, cursor, selected } = value;
  if (selected && isForText(key)) return typeInto(key.text === '' ? { chars, cursor } : EMPTY_TEXT, key);
  switch (key.name) {
    case 'left':
    case 'ctrl+b':
      return { chars, cursor: Math.max(0, cursor - 1) };
    case 'right':
    case 'ctrl+f':
      return { chars, cursor: Math.min(chars.length, cursor + 1) };
    case 'home':
    case 'ctrl+a':
      return { chars, cursor: 0 };
    case 'end':
    case 'ctrl+e':
      return { chars, cursor: chars.length };
    case 'backspace':
      return cut(value, cursor - 1, cursor);
    case 'delete':
    case 'ctrl+d':
      return cut(value, cursor, cursor + 1);
    case 'ctrl+u':
      return cut(value, 0, cursor);
    case 'ctrl+k':
      return cut(value, cursor, chars.length);
    case 'ctrl+w':
      return cut(value, startOfWord(chars, cursor), cursor);
    default:
      return key.text === '' ? value : insert(value, key.text);
  }
}

export function isForText(key: Key): boolean {
  return key.text !== '' || isEditingKey(key.name);
}

/** Typed text may join the character before it, so both are read together. Nothing is left out: it may be a password. */
function insert({ chars, cursor }: TextValue, text: string): TextValue {
  const room = Math.max(0, LONGEST - chars.length);
  const more = charactersOf(text.replace(/\n/g, ' ')).slice(0, room).join('');
  const front = charactersOf(chars.slice(0, cursor).join('') + more);
  return { chars: [...front, ...chars.slice(cursor)], cursor: front.length };
}

function cut(value: TextValue, from: number, to: number): TextValue {
  if (from < 0 || from >= to) return value;
  return { chars: [...value.chars.slice(0, from), ...value.chars.slice(to)], cursor: from };
}

function startOfWord(chars: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && chars[at - 1] === ' ') at -= 1;
  while (at > 0 && chars[at - 1] !== ' ') at -= 1;
  return at;
}
