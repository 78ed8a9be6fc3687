import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Path } from '../zod-issues.js';

/** A place in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where keys stand: the parser that reads the values does not say.
 *
 * @param toml  a document that could be parsed
 * @returns the place of a key; of the nearest table around it where the key itself is not there, else the beginning
 */
export function placesIn(toml: string): (path: Path) => Place {
  const places = new Map<string, Place>();
  const note = (path: Path, { start }: AST.SourceLocation) => {
    const key = JSON.stringify(path);
    // The first mention counts: `[oauth.m365]` stands before what is below it.
    if (!places.has(key)) places.set(key, { line: start.line, column: start.column + 1 });
  };
  for (const node of parseTOML(toml).body[0].body) noteNode(node, [], note);
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(JSON.stringify(path.slice(0, length)));
      if (place) return place;
    }
    return { line: 1, column: 1 };
  };
}

type Note = (path: Path, loc: AST.SourceLocation) => void;

function noteNode(node: AST.TOMLKeyValue | AST.TOMLTable, below: Path, note: Note): void {
  const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  const path = node.type === 'TOMLTable' ? node.resolvedKey : [...below, ...keys];
  // `a.b = 1` mentions a, too.
  const depth = path.length - keys.length;
  node.key.keys.forEach((key, index) => {
    note(path.slice(0, depth + index + 1), key.loc);
  });
  if (node.type === 'TOMLTable') for (const inner of node.body) noteNode(inner, path, note);
  else noteValue(node.value, path, note);
}

function noteValue(value: AST.TOMLContentNode, path: Path, note: Note): void {
  if (value.type === 'TOMLInlineTable') for (const inner of value.body) noteNode(inner, path, note);
  if (value.type !== 'TOMLArray') return;
  value.elements.forEach((element, index) => {
    note([...path, index], element.loc);
    noteValue(element, [...path, index], note);
  });
}
