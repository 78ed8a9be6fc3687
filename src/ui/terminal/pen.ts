/**
 * How a cell looks, in one number: bit 0 to 6 attributes, then 12 bits of foreground and 12 of background.
 * A colour is its place in {@link colours}; 0 is the terminal's own.
 */
export type Pen = number;

export const PLAIN: Pen = 0;

/** SGR parameters (ECMA-48 8.3.117): on, off. Bold and dim share their off. */
const ATTRIBUTES: readonly (readonly [on: number, off: number])[] = [
  [1, 22],
  [2, 22],
  [3, 23],
  [4, 24],
  [5, 25],
  [7, 27],
  [9, 29],
];
const ATTRIBUTE_BITS = 7;
const COLOUR_BITS = 12;
const COLOUR_MASK = (1 << COLOUR_BITS) - 1;
const FOREGROUND_AT = ATTRIBUTE_BITS;
const BACKGROUND_AT = ATTRIBUTE_BITS + COLOUR_BITS;

/** Parameters that set a colour as a foreground (`32`, `38;5;9`); a background's begin with 4 or 10. */
const colours: string[] = [''];
const places = new Map<string, number>([['', 0]]);

/** The pen after an SGR sequence. @param parameters what stands between `ESC [` and `m` */
export function changePen(pen: Pen, parameters: string): Pen {
  const codes = parameters.split(/[;:]/).map(Number);
  let now = pen;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const length = codes[i + 1] === 5 ? 3 : codes[i + 1] === 2 ? 5 : 1;
      if (length > 1) now = withColour(now, code === 38, ['38', ...codes.slice(i + 1, i + length)].join(';'));
      i += length - 1;
    } else now = applyCode(now, code);
  }
  return now;
}

function applyCode(pen: Pen, code: number): Pen {
  if (code === 0) return PLAIN;
  if (code === 39) return withColour(pen, true, '');
  if (code === 49) return withColour(pen, false, '');
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return withColour(pen, true, String(code));
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return withColour(pen, false, String(code - 10));
  return ATTRIBUTES.reduce((now, [on, off], bit) => {
    if (code === on) return now | (1 << bit);
    return code === off ? now & ~(1 << bit) : now;
  }, pen);
}

function withColour(pen: Pen, foreground: boolean, colour: string): Pen {
  const at = foreground ? FOREGROUND_AT : BACKGROUND_AT;
  return (pen & ~(COLOUR_MASK << at)) | (placeOf(colour) << at);
}

function placeOf(colour: string): number {
  const known = places.get(colour);
  if (known !== undefined) return known;
  // A stream of ever new colours must not grow this for a night.
  if (colours.length > COLOUR_MASK) return 0;
  places.set(colour, colours.length);
  return colours.push(colour) - 1;
}

/** The shortest sequence that makes one pen of another; empty when they are equal. */
export function penChange(from: Pen, to: Pen): string {
  if (from === to) return '';
  if (to === PLAIN) return '\u001b[m';
  const change = steps(from, to).join(';');
  const afresh = ['', ...steps(PLAIN, to)].join(';');
  return `\u001b[${change.length <= afresh.length ? change : afresh}m`;
}

function steps(from: Pen, to: Pen): (number | string)[] {
  const codes = new Set<number | string>();
  let now = from;
  for (const [bit, [, off]] of ATTRIBUTES.entries()) {
    if (now & (1 << bit) && !(to & (1 << bit))) {
      codes.add(off);
      // 22 ends bold and dim at once.
      if (off === 22) now &= ~3;
    }
  }
  for (const [bit, [on]] of ATTRIBUTES.entries()) if (to & (1 << bit) && !(now & (1 << bit))) codes.add(on);
  const foreground = (to >>> FOREGROUND_AT) & COLOUR_MASK;
  const background = (to >>> BACKGROUND_AT) & COLOUR_MASK;
  if (foreground !== ((from >>> FOREGROUND_AT) & COLOUR_MASK)) codes.add(colours[foreground] || 39);
  if (background !== ((from >>> BACKGROUND_AT) & COLOUR_MASK)) codes.add(asBackground(colours[background] ?? ''));
  return [...codes];
}

function asBackground(colour: string): number | string {
  if (colour === '') return 49;
  return colour.startsWith('38;') ? `4${colour.slice(1)}` : Number(colour) + 10;
}
