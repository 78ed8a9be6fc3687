import { BadInput } from '../../words/bad-input.js';

/** One `--map OLD=NEW`. An equals sign inside a name is written `\=`, a backslash `\\`. */
export interface Mapping {
  readonly from: string;
  readonly to: string;
}

/**
 * @param of  the option or the cell, for the message
 * @throws BadInput when there is not exactly one bare `=`, a name is empty, or one folder is mapped twice
 */
export function parseMappings(texts: readonly string[], of = '--map'): Mapping[] {
  const mappings = texts.map((text) => parseOne(text, of));
  const seen = new Set<string>();
  for (const { from } of mappings) {
    if (seen.has(from)) throw new BadInput(`${of}: the folder ${JSON.stringify(from)} is mapped twice`);
    seen.add(from);
  }
  return mappings;
}

function parseOne(text: string, of: string): Mapping {
  const names = [''];
  for (const [piece] of text.matchAll(/\\[\\=]|./gsu)) {
    if (piece === '=') names.push('');
    else names[names.length - 1] += piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  const [from, to] = names;
  if (names.length !== 2 || !from || !to) {
    throw new BadInput(`${of}: OLD=NEW is expected, not ${JSON.stringify(text)} (an = inside a name is written \\=)`);
  }
  return { from, to };
}
