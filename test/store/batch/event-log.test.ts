import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog, LOG_LIMITS } from '../../../src/store/batch/event-log.js';

describe("a batch's log", () => {
  let folder: string;
  const lines = async (name = 'events.jsonl') => (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nf-log-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has a line for each event, in order, for the owner alone', async () => {
    const log = new EventLog(folder);
    for (let at = 0; at < 1_000; at++) log.append({ at, level: 'info', event: 'x', text: 'two\nlines' });
    await log.flush();
    expect((await lines()).map((line) => JSON.parse(line).at)).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
    expect((await stat(join(folder, 'events.jsonl'))).mode & 0o777).toBe(0o600);
    await log.close();
  });

  it('goes on after a line that a crash cut off', async () => {
    await writeFile(join(folder, 'events.jsonl'), '{"at":1}\n{"at":2,"le');
    const log = new EventLog(folder);
    log.append({ at: 3, level: 'info' });
    await log.close();
    log.append({ at: 4, level: 'info' });
    await log.close();
    expect(await lines()).toEqual(['{"at":1}', '{"at":2,"le', '{"at":3,"level":"info"}', '{"at":4,"level":"info"}']);
  });

  it('is put aside when it is full, and the oldest goes', async () => {
    const log = new EventLog(folder, { ...LOG_LIMITS, fileBytes: 100, keep: 2 });
    for (let at = 1; at <= 4; at++) {
      log.append({ at, level: 'info', text: 'x'.repeat(100) });
      await log.flush();
    }
    log.append({ at: 5, level: 'info' });
    await log.close();
    expect((await readdir(folder)).sort()).toEqual(['events.1.jsonl', 'events.2.jsonl', 'events.jsonl']);
    const at = async (name: string) => JSON.parse((await lines(name))[0]!).at;
    expect([await at('events.jsonl'), await at('events.1.jsonl'), await at('events.2.jsonl')]).toEqual([5, 4, 3]);
  });

  it('leaves lines out, and says how many, rather than fill the memory behind a slow disk', async () => {
    const log = new EventLog(folder, { ...LOG_LIMITS, waitingBytes: 60 });
    for (let at = 1; at <= 10; at++) log.append({ at, level: 'info' });
    await log.close();
    expect(await lines()).toEqual([
      '{"at":1,"level":"info"}',
      '{"at":2,"level":"info"}',
      '{"at":10,"level":"warn","event":"lines-left-out","lines":8}',
    ]);
  });

  it('says at the next flush that it could not be written, and goes on once it can', async () => {
    const inTheWay = join(folder, 'file');
    await writeFile(inTheWay, '');
    const log = new EventLog(inTheWay);
    log.append({ at: 1, level: 'info' });
    await expect(log.flush()).rejects.toThrow('ENOTDIR');
    await rm(inTheWay);
    log.append({ at: 2, level: 'info' });
    await log.close();
    expect((await lines('file/events.jsonl'))[0]).toBe('{"at":2,"level":"info"}');
  });
});
