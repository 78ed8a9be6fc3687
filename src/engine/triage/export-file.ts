import { open, rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { codeOf } from '../../store/documents/disk.js';
import { BadInput } from '../../words/bad-input.js';
import type { Selected } from '../decisions/selection.js';
import { EXPORT_COLUMNS, type ExportRow, exportRows } from './export-rows.js';
import { type ExportFormat, exportText } from './export-text.js';

/**
 * Writes what is selected into a new file that only its owner reads (0600), and waits until it is on the disk.
 * Between pieces whoever else waits has its turn. One that cannot be finished is removed.
 *
 * @param path  absolute: whoever asks may stand in another folder than the engine
 * @throws BadInput  where there is such a file already, or none can be written
 */
export function exportSelected(selected: Iterable<Selected>, format: ExportFormat, path: string): Promise<Exported> {
  return exportTo(path, exportRows(selected), format, EXPORT_COLUMNS);
}

/** The file that was written; `rows`: messages and failures in it. */
interface Exported {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
}

/** As {@link exportSelected}, for rows that are made already. @param columns  of the CSV, in their order */
export async function exportTo<R extends ExportRow>(
  path: string,
  made: Iterable<R>,
  format: ExportFormat,
  columns: readonly (keyof R & string)[],
): Promise<Exported> {
  if (!isAbsolute(path)) throw new BadInput(`export ${path}: a whole path is expected, from / on`);
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => refuse(path, error));
  let rows = 0;
  let bytes = 0;
  try {
    for (const text of exportText(made, format, () => rows++, columns)) {
      await file.writeFile(text);
      bytes += Buffer.byteLength(text);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    return refuse(path, error);
  } finally {
    await file.close();
  }
  return { path, bytes, rows };
}

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'there is such a file already; give another name',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'it may not be written there',
  EROFS: 'it may not be written there',
  EISDIR: 'that is a folder; give a name in it',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
};

function refuse(path: string, error: unknown): never {
  const code = codeOf(error);
  if (code === '') throw error;
  throw new BadInput(`export ${path}: ${WHY[code] ?? `it cannot be written (${code})`}`);
}
