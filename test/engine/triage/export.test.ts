import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Selected, select } from '../../../src/engine/decisions/selection.js';
import { exportSelected } from '../../../src/engine/triage/export-file.js';
import { EXPORT_COLUMNS, type ExportRow } from '../../../src/engine/triage/export-rows.js';
import { exportText } from '../../../src/engine/triage/export-text.js';
import { ErrorLedger } from '../../../src/store/errors/error-ledger.js';
import type { Failure } from '../../../src/store/errors/failure.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { EVERYTHING } from '../../../src/words/decision.js';
import type { Verdict } from '../../../src/words/verdict.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';

const QUOTA: Verdict = {
  kind: 'quota',
  code: 'OVERQUOTA',
  scope: 'mailbox',
  next: 'hold',
  waitSeconds: 0,
  advice: { key: 'nothing' },
  rule: 'r',
  grounds: OF_A_RESPONSE,
};

const failure = (change: Partial<Failure>): Failure => ({
  side: 'destination',
  command: 'APPEND',
  folder: 'INBOX',
  uids: [5, 6, 7],
  response: 'NO [OVERQUOTA] full',
  verdict: QUOTA,
  at: 1_000,
  ...change,
});

function selected(...failures: readonly Failure[]): Selected[] {
  const errors = new ErrorLedger();
  for (const one of failures) errors.record(one);
  return select([{ id: 'ann', email: 'ann@x', errors, isGivenUp: false, leftIn: () => 0 }], EVERYTHING);
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nf-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function exported(from: Iterable<Selected>, format: 'csv' | 'json'): Promise<string> {
  const path = join(folder, `errors.${format}`);
  const { rows, bytes } = await exportSelected(from, format, path);
  const text = await readFile(path, 'utf8');
  expect(Buffer.byteLength(text)).toBe(bytes);
  expect(rows).toBe(format === 'json' ? JSON.parse(text).rows.length : parse(text).length - 1);
  return text;
}

describe('failures in a file', () => {
  it('are a row a message in CSV, with its own attempts and its own last response', async () => {
    const text = await exported(
      selected(failure({}), failure({ uids: [6], at: 61_000, response: 'NO [OVERQUOTA] full (12)' })),
      'csv',
    );
    const first = '1970-01-01T00:00:01.000Z';
    const last = '1970-01-01T00:01:01.000Z';
    const row = (uid: string, attempts: string, response: string) =>
      ['ann@x', 'INBOX', uid, 'destination', 'APPEND', 'OVERQUOTA', 'quota', attempts, response] as const;
    const [titles, ...rows] = parse(text) as string[][];
    expect(titles).toEqual([...EXPORT_COLUMNS]);
    expect(rows.map((cells) => [...cells.slice(0, 8), cells[10]])).toEqual([
      row('5', '1', 'NO [OVERQUOTA] full'),
      row('7', '1', 'NO [OVERQUOTA] full'),
      row('6', '2', 'NO [OVERQUOTA] full (12)'),
    ]);
    expect(rows.map((cells) => cells.slice(8, 10))).toEqual([
      [first, first],
      [first, first],
      [last, last],
    ]);
  });

  it('of no message have no UID, and tell how often it happened', async () => {
    const login = failure({ command: 'LOGIN', folder: null, uids: [], response: 'NO no' });
    const { rows } = JSON.parse(await exported(selected(login, login), 'json'));
    expect(rows).toMatchObject([{ mailbox: 'ann@x', folder: null, uid: null, command: 'LOGIN', attempts: 2 }]);
  });

  it('are all there, however many pieces they are written in', async () => {
    const uids = Array.from({ length: 20_000 }, (_, i) => 2 * i + 1);
    const { rows } = JSON.parse(await exported(selected(failure({ uids })), 'json'));
    expect(rows.map(({ uid }: { uid: number }) => uid)).toEqual(uids);
  });

  it('hold no control characters, and nothing that a spreadsheet would run', async () => {
    const hostile = failure({ folder: '=cmd|calc', response: 'NO \u001b[2J "a",\u0007b' });
    const text = await exported(selected(hostile), 'csv');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/);
    const [row] = parse(text, { from: 2 }) as string[][];
    expect(row?.[1]).toBe("'=cmd|calc");
    expect(row?.[10]).toContain('"a",');
  });

  it('are for their owner alone, and take the place of nothing', async () => {
    const path = join(folder, 'errors.csv');
    await exportSelected(selected(failure({})), 'csv', path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, 'mine');
    await expect(exportSelected(selected(), 'csv', path)).rejects.toThrow(/errors\.csv: there is such a file already/);
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it.each([
    ['errors.csv', /a whole path is expected/],
    ['/nowhere/at/all/errors.csv', /there is no such folder/],
    ['/dev/full', /such a file already/],
  ])('are refused a place like %s in one line', async (path, why) => {
    const refused = exportSelected(selected(failure({})), 'csv', path);
    await expect(refused).rejects.toThrow(BadInput);
    await expect(refused).rejects.toThrow(why);
  });

  it('that cannot be written to the end leave no file behind', async () => {
    function* breaks(): Generator<Selected> {
      yield* selected(failure({}));
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    }
    await expect(exportSelected(breaks(), 'csv', join(folder, 'errors.csv'))).rejects.toThrow(/the disk is full/);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('writes CSV that reads back as it was, whatever the text', () => {
  const row: ExportRow = {
    mailbox: 'ann@x',
    folder: null,
    uid: 1,
    side: 'source',
    command: 'APPEND',
    code: null,
    kind: 'quota',
    attempts: 1,
    first: '',
    last: '',
    response: '',
  };
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(fc.array(fc.record({ mailbox: text, response: text }), { maxLength: 5 }), (given) => {
      const written = [
        ...exportText(
          given.map((one) => ({ ...row, ...one })),
          'csv',
        ),
      ].join('');
      const [titles, ...read] = parse(written, { bom: false }) as string[][];
      expect(titles).toEqual([...EXPORT_COLUMNS]);
      const plain = (value: string) => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value);
      expect(read.map((cells) => [cells[0], cells.at(-1)])).toEqual(
        given.map(({ mailbox, response }) => [plain(mailbox), plain(response)]),
      );
    }),
  );
});
