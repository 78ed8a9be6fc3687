/** Keys that a text field takes although they write nothing. */
const EDITING = new Set(
  'left right home end backspace delete ctrl+a ctrl+b ctrl+d ctrl+e ctrl+f ctrl+k ctrl+u ctrl+w'.split(' '),
);

/** Whether a text field takes the key of this name (terminal/keys.ts): it writes a character, or edits. */
export function isTextKey(name: string): boolean {
  return name === 'space' || EDITING.has(name) || [...name].length === 1;
}

/** Keys that edit a text. */
export function isEditingKey(name: string): boolean {
  return EDITING.has(name);
}
