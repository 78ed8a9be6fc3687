import type { AConsole } from './a-console.js';

/** A press of the left button on a cell, counted from 0, as a terminal tells of it; and its release. */
export function clickAt(x: number, y: number): string {
  return `\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`;
}

export const WHEEL_DOWN = '\u001b[<65;5;5M';
export const WHEEL_UP = '\u001b[<64;5;5M';

/** Clicks where a text is seen first on the screen; `last` where it stands several times. */
export async function clickOn(console: AConsole, text: string, which: 'first' | 'last' = 'first'): Promise<void> {
  const lines = (await console.look()).text;
  const rows = lines.map((line, y) => ({ y, x: line.indexOf(text) })).filter(({ x }) => x >= 0);
  const found = which === 'first' ? rows[0] : rows.at(-1);
  if (!found) throw new Error(`"${text}" is not on the screen:\n${lines.join('\n')}`);
  await console.type(clickAt(found.x, found.y));
}
