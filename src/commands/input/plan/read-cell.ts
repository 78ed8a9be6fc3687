import { BadInput } from '../../../words/bad-input.js';
import type { Column } from './plan-columns.js';

/**
 * Reads a cell that may be wrong: it is complained of, and the others are read all the same.
 *
 * @param cells  the text of a column
 * @returns null: it is empty, or cannot be used
 */
export function readCell<C extends Column, T>(
  cells: (column: C) => string,
  column: C,
  parse: (text: string) => T,
  complain: (column: C, why: string) => void,
): T | null {
  const text = cells(column).trim();
  if (text === '') return null;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    complain(column, error.message);
    return null;
  }
}
