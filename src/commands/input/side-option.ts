import { SIDES, type Side } from '../../words/side.js';

/** `source`, `Dest`, `d`, `src`: which server is meant; undefined where it says neither. */
export function parseSide(text: string): Side | undefined {
  const said = text.trim().toLowerCase().replace(/^src$/, 's').replace(/^dst$/, 'd');
  return said === '' ? undefined : SIDES.find((side) => side.startsWith(said));
}
