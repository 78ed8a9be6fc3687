import { Secret } from '../../../engine/imap/session/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { showCount } from '../../../words/units.js';
import { SERVER_NAME } from '../config/server-name.js';
import { type NamedServer, type NamedServers, readServerUrl } from './locate-rows.js';
import { readOwn } from './own-options.js';
import { type Column, readHeader } from './plan-columns.js';
import { Complaints } from './plan-problems.js';
import { type PlanText, type Row, readPlanText } from './plan-text.js';
import { readCell } from './read-cell.js';
import { rowId } from './row-id.js';

export const MOST_ROWS = 50_000;

/** A plan, read and checked. Passwords stand apart from the rows, which are stored. */
export interface Plan {
  readonly file: string;
  readonly rows: readonly PlanRow[];
  /** By row id. */
  readonly passwords: ReadonlyMap<string, Readonly<Partial<Record<Side, Secret>>>>;
  readonly columns: ReadonlySet<Column>;
  readonly servers: NamedServers;
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Reads a plan: a table with a header row, separated by commas, semicolons, tabs or bars, or imapsync's list of
 * `host1;user1;password1;host2;user2;password2`. In UTF-8 or UTF-16.
 *
 * @param file  its name, for the messages
 * @param zone  IANA name of the zone of days that name none
 * @throws BadInput  one line with file, row and column of all that is wrong; never a cell's content
 */
export function parsePlan(bytes: Uint8Array, file: string, zone: string): Plan {
  const { layout, rows } = readPlanText(bytes, file);
  const [header, ...records] = layout === 'columns' ? rows : [LIST_HEADER, ...rows];
  if (!header) throw new BadInput(`${file}: the plan is empty`);
  const columns = layout === 'columns' ? readHeader(header.cells, file) : LIST_COLUMNS;
  if (records.length === 0) throw new BadInput(`${file}: the plan has a header but no mailboxes`);
  if (records.length > MOST_ROWS) {
    throw new BadInput(
      `${file}: the plan has ${showCount(records.length)} rows; at most ${showCount(MOST_ROWS)} are read, split it`,
    );
  }
  const complaints = new Complaints(file);
  const taken = new Set<string>();
  const seen = new Map<string, number>();
  const passwords = new Map<string, Partial<Record<Side, Secret>>>();
  const planned: PlanRow[] = [];
  const servers = new Map<string, Readonly<Record<Side, NamedServer | null>>>();
  for (const record of records) {
    const cells = readCells(record, columns, layout, complaints);
    if (!cells) continue;
    const email = cells('EmailAddress').trim();
    const destinationUser = cells('DestinationUserName').trim() || email;
    const { row } = record;
    const complain = (column: Column, why: string) => complaints.add(`row ${row}, column ${column}`, why);
    const named = layout === 'columns' ? serversIn(cells, complain) : hostsIn(record);
    const names =
      email === '' ? [] : [`mailbox ${email}`, `destination user ${destinationUser}${placeOf(named.destination)}`];
    complainOfRepeated(seen, names, row, complaints);
    const id = rowId(email, taken);
    passwords.set(id, {
      ...secret('source', cells('Password')),
      ...secret('destination', cells('DestinationPassword')),
    });
    const userRoot = cells('UserRoot').trim() || null;
    const own = readOwn(cells, zone, complain);
    if (named.source || named.destination) servers.set(id, named);
    planned.push({ id, email, sourceUser: cells('UserName').trim(), destinationUser, userRoot, ...own, at: null, row });
  }
  complaints.refuse();
  return { file, rows: planned, passwords, columns: new Set(columns.keys()), servers };
}

const LIST_HEADER = { cells: [], row: 0 };
/** Where imapsync's list has what a plan needs; the mailbox is named after its user at the destination. */
const LIST_COLUMNS: ReadonlyMap<Column, number> = new Map([
  ['UserName', 1],
  ['Password', 2],
  ['EmailAddress', 4],
  ['DestinationPassword', 5],
]);

/** @returns null where the row has not the cells that it should have */
function readCells(
  { cells, row }: Row,
  columns: ReadonlyMap<Column, number>,
  layout: PlanText['layout'],
  complaints: Complaints,
): ((column: Column) => string) | null {
  const isShort = layout === 'columns' ? cells.length !== columns.size : cells.length < 6;
  if (isShort) {
    const expected = layout === 'columns' ? columns.size : 6;
    complaints.add(`row ${row}`, `wrong number of columns, expected ${expected}, actual ${cells.length}`);
    return null;
  }
  for (const [column, index] of columns) {
    const cell = cells[index] ?? '';
    const why = whyWrong(cell, column);
    if (why) complaints.add(`row ${row}, column ${column}`, why);
  }
  return (column) => cells[columns.get(column) ?? -1] ?? '';
}

function whyWrong(cell: string, column: Column): string | null {
  if (CONTROL.test(cell)) return 'the cell holds a control character';
  const isRequired = column === 'EmailAddress' || column === 'UserName';
  if (isRequired && cell.trim() === '') return 'the cell is empty';
  return cell.length > 2_000 ? 'the cell is longer than 2,000 characters' : null;
}

/** The servers that a row in columns names; a cell that cannot be read is complained of. */
function serversIn(
  cells: (column: 'Source' | 'Destination') => string,
  complain: (column: Column, why: string) => void,
): Readonly<Record<Side, NamedServer | null>> {
  const read = (column: 'Source' | 'Destination', side: Side) =>
    readCell(cells, column, (text) => serverOf(text, side), complain);
  return { source: read('Source', 'source'), destination: read('Destination', 'destination') };
}

/** @throws BadInput */
function serverOf(text: string, side: Side): NamedServer {
  if (SERVER_NAME.test(text)) return { kind: 'name', name: text };
  readServerUrl(text, side);
  return { kind: 'url', url: text };
}

const hostsIn = ({ cells }: Row): Readonly<Record<Side, NamedServer>> => ({
  source: { kind: 'host', host: cells[0]!.trim() },
  destination: { kind: 'host', host: cells[3]!.trim() },
});

/** Two servers may each have a user of that name. */
function placeOf(server: NamedServer | null): string {
  if (server === null) return '';
  return ` at ${server.kind === 'url' ? server.url : server.kind === 'name' ? server.name : server.host}`;
}

/** Two rows for one destination mailbox would be copied into each other. Case does not tell mailboxes apart. */
function complainOfRepeated(
  seen: Map<string, number>,
  names: readonly string[],
  row: number,
  complaints: Complaints,
): void {
  for (const name of names) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier === undefined) seen.set(name.toLowerCase(), row);
    else {
      complaints.add(`row ${row}`, `${name} stands in row ${earlier} already`);
      // An address is most often both.
      return;
    }
  }
}

function secret(side: Side, cell: string): Partial<Record<Side, Secret>> {
  return cell === '' ? {} : { [side]: new Secret(cell) };
}
