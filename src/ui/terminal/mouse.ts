/** As every key: its name, and what it writes. */
interface Named {
  readonly name: string;
  readonly text: string;
}

/** A press of the left button, or a turn of the wheel. It comes among the keys, and keeps its place among them. */
export interface MouseKey extends Named {
  readonly name: 'click' | 'wheel-up' | 'wheel-down';
  /** The cell, counted from 0. */
  readonly x: number;
  readonly y: number;
}

/** Presses and the wheel (1000), in decimal (SGR, 1006): the older form ends at column 223. */
export const MOUSE_ON = '\u001b[?1000h\u001b[?1006h';
export const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l';

/** By the number of the button. A terminal keeps a press with shift for itself: text is selected so. */
const BUTTONS: Readonly<Record<number, MouseKey['name']>> = { 0: 'click', 64: 'wheel-up', 65: 'wheel-down' };
/** Shift, meta and control are added to the number. */
const MODIFIERS = 4 + 8 + 16;

const SGR = /^\u001b\[<(\d{1,4});(\d{1,5});(\d{1,5})M$/;

/** The beginning of a report. */
export const SGR_FORM = '\u001b[<';
/** The form of terminals that do not know SGR: three characters follow, each 32 above its number. */
export const OLD_FORM = '\u001b[M';
export const OLD_FORM_LENGTH = OLD_FORM.length + 3;

/** @returns null for what nobody acts on: a release, another button, a motion */
export function readMouse(sequence: string): MouseKey | null {
  const [button, x, y] = numbersOf(sequence);
  const name = BUTTONS[(button ?? -1) & ~MODIFIERS];
  if (name === undefined || x === undefined || y === undefined || x < 1 || y < 1) return null;
  return { name, text: '', x: x - 1, y: y - 1 };
}

function numbersOf(sequence: string): readonly number[] {
  if (sequence.startsWith(OLD_FORM)) return [...sequence.slice(OLD_FORM.length)].map((char) => char.charCodeAt(0) - 32);
  return SGR.exec(sequence)?.slice(1).map(Number) ?? [];
}

/** Whether a report has begun and not ended: nobody types that by hand. */
export function isMouseBeginning(rest: string): boolean {
  return rest.startsWith(SGR_FORM) || rest.startsWith(OLD_FORM);
}

export function isMouse(key: Named): key is MouseKey {
  return key.name === 'click' || key.name === 'wheel-up' || key.name === 'wheel-down';
}
