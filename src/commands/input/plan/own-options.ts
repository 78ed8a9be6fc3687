import { MOST_WAVES, type OwnOptions } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import { folderNames, readWave } from '../batch-options.js';
import { parseDay } from '../days.js';
import { parseMappings } from '../folder-mapping.js';
import type { Column } from './plan-columns.js';
import { readCell } from './read-cell.js';

/** The columns in which a row has options of its own. */
type OwnColumn = Extract<Column, 'Include' | 'Exclude' | 'Map' | 'Since' | 'Wave'>;

export interface Own {
  readonly own: OwnOptions | null;
  readonly wave: number | null;
}

/**
 * The options of a row for its mailbox alone. An empty cell leaves those of the batch.
 *
 * @param cells     the text of a column
 * @param zone      of a day that names none
 * @param complain  told of a cell that cannot be used; the others are read all the same
 */
export function readOwn(
  cells: (column: OwnColumn) => string,
  zone: string,
  complain: (column: OwnColumn, why: string) => void,
): Own {
  const read = <T>(column: OwnColumn, parse: (text: string) => T) => readCell(cells, column, parse, complain);
  const own: OwnOptions = {
    include: read('Include', (text) => folderNames(listOf(text), 'Include')),
    exclude: read('Exclude', (text) => folderNames(listOf(text), 'Exclude')),
    map: read('Map', (text) => parseMappings(listOf(text), 'Map')),
    since: read('Since', (text) => parseDay(text, 'Since', zone)),
  };
  const isNone = Object.values(own).every((one) => one === null);
  return { own: isNone ? null : own, wave: read('Wave', waveOf) };
}

function waveOf(text: string): number {
  const wave = readWave(text);
  if (wave === null) throw new BadInput(`Wave: a number from 1 to ${MOST_WAVES} is expected`);
  return wave;
}

/** Several in one cell stand between semicolons; a semicolon in a name is written twice. */
function listOf(text: string): string[] {
  return text
    .split(/(?<!;);(?!;)/)
    .map((one) => one.replaceAll(';;', ';').trim())
    .filter((one) => one !== '');
}
