import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Disk } from '../../../src/store/documents/disk.js';
import type { DocumentKind } from '../../../src/store/documents/document-kind.js';
import { DurableFile, type Fallback } from '../../../src/store/documents/durable-file.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { CrashDisk } from '../crash-disk.js';

const schema = z.strictObject({ version: z.literal(1), n: z.int(), filler: z.string() });
type Note = z.infer<typeof schema>;
const kind: DocumentKind<Note> = { what: 'note', version: 1, schema };
const note = (n: number): Note => ({ version: 1, n, filler: 'x'.repeat(50) });

describe('a document on the disk', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nf-durable-'));
    path = join(folder, 'deep', 'er', 'note.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read as it was written, by lowdb too, and its folders and files are for the owner alone', async () => {
    const low = new Low<Note>(new DurableFile(path, kind), note(0));
    await low.read();
    expect(low.data).toEqual(note(0));
    await low.update((data) => {
      data.n = 7;
    });
    const again = new Low<Note>(new DurableFile(path, kind), note(0));
    await again.read();
    expect(again.data).toEqual(note(7));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'deep'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'deep', 'er'))).mode & 0o777).toBe(0o700);
  });

  it('keeps the version before, and leaves no temporary file', async () => {
    const file = new DurableFile(path, kind);
    for (const n of [1, 2, 3]) await file.write(note(n));
    expect(JSON.parse(await readFile(file.previous, 'utf8'))).toEqual(note(2));
    expect((await readdir(join(folder, 'deep', 'er'))).sort()).toEqual(['note.json', 'note.prev.json']);
  });

  it('falls back to the version before when it was cut off, says so, and does not lose that one to the next write', async () => {
    const file = new DurableFile(path, kind);
    await file.write(note(1));
    await file.write(note(2));
    await truncate(path, 20);
    const told: Fallback[] = [];
    const reader = new DurableFile(path, kind, { onFallback: (fallback) => told.push(fallback) });
    expect(await reader.read()).toEqual(note(1));
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain(path);
    expect(told[0]!.text).toContain(reader.previous);
    await reader.write(note(3));
    expect(JSON.parse(await readFile(reader.previous, 'utf8'))).toEqual(note(1));
    expect(await new DurableFile(path, kind).read()).toEqual(note(3));
    expect(await readFile(join(folder, 'deep', 'er', 'note.unreadable.json'), 'utf8')).toHaveLength(20);
  });

  it('is not written over by someone who never read it, while it is bad and the version before is good', async () => {
    const file = new DurableFile(path, kind);
    await file.write(note(1));
    await file.write(note(2));
    await writeFile(path, '{"version":1,"n":"two","filler":""}');
    await new DurableFile(path, kind).write(note(3));
    expect(JSON.parse(await readFile(file.previous, 'utf8'))).toEqual(note(1));
  });

  it('names the file and overwrites nothing when both versions are bad', async () => {
    await mkdir(join(folder, 'deep', 'er'), { recursive: true });
    const file = new DurableFile(path, kind);
    await writeFile(path, '');
    await writeFile(file.previous, '[]');
    await expect(file.read()).rejects.toThrow(BadInput);
    await expect(file.read()).rejects.toThrow(path);
    await expect(file.write(note(1))).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe('');
    expect(await readFile(file.previous, 'utf8')).toBe('[]');
  });

  it('of a newer version of the program is neither read, nor replaced, nor taken for damage', async () => {
    const file = new DurableFile(path, kind);
    await file.write(note(1));
    await file.write(note(2));
    const newer = JSON.stringify({ ...note(3), version: 2, more: true });
    await writeFile(path, newer);
    const reader = new DurableFile(path, kind);
    await expect(reader.read()).rejects.toThrow('newer version');
    await expect(reader.write(note(4))).rejects.toThrow('newer version');
    expect(await readFile(path, 'utf8')).toBe(newer);
  });
});

describe('writing a document', () => {
  it('takes it as it is at the call, one write at a time, and skips what is out of date before it is its turn', async () => {
    const disk = new MemoryDisk();
    const written: number[] = [];
    let busy = 0;
    const slow: Disk = {
      read: (path) => disk.read(path),
      names: (folder) => disk.names(folder),
      create: async (path, text) => {
        expect(++busy).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        written.push(JSON.parse(text).n);
        await disk.create(path, text);
        busy--;
      },
      link: (existing, path) => disk.link(existing, path),
      rename: (from, to) => disk.rename(from, to),
      remove: (path) => disk.remove(path),
      syncFolder: () => disk.syncFolder(),
    };
    const file = new DurableFile('/note.json', kind, { disk: slow });
    const data = note(0);
    const writes = Array.from({ length: 20 }, (_, n) => {
      data.n = n;
      return file.write(data);
    });
    data.n = 99;
    await Promise.all(writes);
    expect(written).toEqual([0, 19]);
    expect(await file.read()).toEqual(note(19));
  });

  it('reports a full disk to who asked for that write, and the next one goes through', async () => {
    const disk = new MemoryDisk();
    let full = true;
    const create = disk.create.bind(disk);
    disk.create = async (path, text) => {
      if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      await create(path, text);
    };
    const file = new DurableFile('/note.json', kind, { disk });
    await expect(file.write(note(1))).rejects.toThrow('ENOSPC');
    full = false;
    await file.write(note(2));
    expect(await file.read()).toEqual(note(2));
    expect([...disk.files.keys()]).toEqual(['/note.json']);
  });

  it.each(['previous', 'none'] as const)(
    'can be cut off anywhere, by a kill or a power cut: an acknowledged version or a later one is read (%s version kept)',
    async (history) => {
      let worlds = 0;
      for (let steps = 0; ; steps++) {
        const disk = new CrashDisk();
        disk.stepsLeft = steps;
        const file = new DurableFile('/f/note.json', kind, { disk, history });
        let acknowledged = 0;
        let begun = 0;
        try {
          for (begun = 1; begun <= 4; begun++) {
            await file.write(note(begun));
            acknowledged = begun;
          }
        } catch {}
        for (const remains of disk.remains()) {
          worlds++;
          const told: Fallback[] = [];
          const options = { disk: remains, history, onFallback: (fallback: Fallback) => told.push(fallback) };
          const after = new DurableFile('/f/note.json', kind, options);
          const n = (await after.read())?.n ?? 0;
          expect(n).toBeGreaterThanOrEqual(acknowledged);
          expect(n).toBeLessThanOrEqual(begun);
          expect(told).toEqual([]);
          await after.write(note(50));
          expect((await new DurableFile('/f/note.json', kind, options).read())?.n).toBe(50);
        }
        if (acknowledged === 4) break;
      }
      expect(worlds).toBeGreaterThan(50);
    },
  );
});
