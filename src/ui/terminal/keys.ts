import { isMouseBeginning, OLD_FORM, OLD_FORM_LENGTH, readMouse, SGR_FORM } from './mouse.js';
import { REPORT } from './unread.js';

import { mayBecomeVersion, readVersion, VERSION } from './version.js';

/**
 * A key as bindings name it: a printable character as it is (`j`, `G`, `/`, `日`), else `enter`, `esc`, `tab`,
 * `shift+tab`, `space`, `backspace`, `delete`, `insert`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`,
 * `pagedown`, `f1` to `f12`, `ctrl+a` to `ctrl+z`, `click`, `wheel-up`, `wheel-down` (mouse.ts); `report` and `version` are no keys, but answers of the terminal (unread.ts, version.ts). What was pasted is one key: it must not act as bindings.
 */
export interface Key {
  readonly name: string;
  /** The text that it writes into a text field; empty where it writes none. */
  readonly text: string;
}

/** The rest of a chunk that ends inside of a sequence or a paste, to go before the next chunk. */
export interface ReadKeys {
  readonly keys: readonly Key[];
  readonly rest: string;
}

const ESC = '\u001b';
const PASTE_BEGIN = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;
/** A paste that never ends must not eat the keyboard. UTF-16 code units. */
export const LONGEST_PASTE = 65_536;

/** CSI or SS3 with its parameters and final byte. */
const SEQUENCE = /^\u001b(?:\[\[[A-E]|\[[\u0030-\u003f]*[\u0020-\u002f]*[\u0040-\u007e]|O[\u0040-\u007e])/;
/** The beginning of one, of which the end may still come. */
const BEGINNING = /^\u001b(?:\[[\u0030-\u003f]*[\u0020-\u002f]*|O|\[\[)?$/;

const BY_FINAL: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift+tab',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** `ESC [ n ~`, of the VT220 and of rxvt. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** On a slow link several keys come as one chunk, and one key in several: this is the one place that splits. */
export function readKeys(input: string): ReadKeys {
  const keys: Key[] = [];
  let rest = input;
  while (rest !== '') {
    const taken = takeOne(rest);
    if (taken === 'more is to come') return { keys, rest };
    if (taken.key) keys.push(taken.key);
    rest = rest.slice(taken.length);
  }
  return { keys, rest: '' };
}

/** The beginning of an input: the key that it is (null: none of ours), and how many characters it takes. */
interface Taken {
  readonly key: Key | null;
  readonly length: number;
}

/** @param rest  not empty */
function takeOne(rest: string): Taken | 'more is to come' {
  if (rest.startsWith(PASTE_BEGIN)) return takePaste(rest);
  const answer = readVersion(rest);
  if (answer) return { key: { name: VERSION, text: answer.version }, length: answer.length };
  if (BEGINNING.test(rest) || mayBecomeVersion(rest)) return 'more is to come';
  if (rest.startsWith(OLD_FORM)) {
    if (rest.length < OLD_FORM_LENGTH) return 'more is to come';
    return { key: readMouse(rest.slice(0, OLD_FORM_LENGTH)), length: OLD_FORM_LENGTH };
  }
  const sequence = SEQUENCE.exec(rest)?.[0];
  if (sequence) return { key: keyOfSequence(sequence), length: sequence.length };
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return { key: keyOf(char), length: char.length };
}

function takePaste(rest: string): Taken | 'more is to come' {
  const end = rest.indexOf(PASTE_END);
  if (end >= 0) return { key: paste(rest.slice(PASTE_BEGIN.length, end)), length: end + PASTE_END.length };
  if (rest.length < LONGEST_PASTE) return 'more is to come';
  return { key: paste(rest.slice(PASTE_BEGIN.length)), length: rest.length };
}

function keyOfSequence(sequence: string): Key | null {
  if (sequence.startsWith(SGR_FORM)) return readMouse(sequence);
  const name = nameOfSequence(sequence);
  return name ? { name, text: '' } : null;
}

/** The keys of a rest to which nothing came any more: Esc was pressed, and perhaps `[` after it. */
export function giveUp(rest: string): readonly Key[] {
  if (rest.startsWith(PASTE_BEGIN)) return [paste(rest.slice(PASTE_BEGIN.length))];
  // The terminal has begun to tell its name, and nobody typed that.
  if (rest.startsWith(`${ESC}P>`) || isMouseBeginning(rest)) return [];
  return [...rest].flatMap((char) => keyOf(char) ?? []);
}

function nameOfSequence(sequence: string): string | null {
  const final = sequence.at(-1) ?? '';
  if (sequence.startsWith(`${ESC}[[`)) return `f${final.charCodeAt(0) - 64}`;
  if (sequence[1] === 'O' && final === 'M') return 'enter';
  // Only that it is well, not that a printer is.
  if (final === 'n') return sequence === `${ESC}[0n` ? REPORT : null;
  const [number] = sequence.slice(2, -1).split(';');
  return (final === '~' ? BY_NUMBER[number ?? ''] : BY_FINAL[final]) ?? null;
}

function keyOf(char: string): Key | null {
  if (char === '\r' || char === '\n') return { name: 'enter', text: '' };
  if (char === '\t') return { name: 'tab', text: '' };
  if (char === ESC) return { name: 'esc', text: '' };
  // The terminal chooses which of the two a backspace key sends.
  if (char === '\u007f' || char === '\b') return { name: 'backspace', text: '' };
  if (char === ' ') return { name: 'space', text: ' ' };
  const code = char.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return { name: `ctrl+${String.fromCharCode(code + 96)}`, text: '' };
  if (code < 0x20 || (code >= 0x80 && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff)) return null;
  return { name: char, text: char };
}

function paste(text: string): Key {
  return {
    name: 'paste',
    text: text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ''),
  };
}
