import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderAsGlob, folderFilter } from '../../../../src/engine/copy/map/folder-filter.js';
import { choiceOf, choiceText, tickedBy } from '../../../../src/ui/screens/start/folder-choice.js';
import type { FolderSeen, GoodSide, MoveDraft, StartServices } from '../../../../src/ui/screens/start/services.js';
import type { ScreenSize } from '../../../../src/ui/terminal/tty.js';
import { aStartConsole, LARGE, SMALL } from '../../support/a-batch-console.js';
import { clickOn } from '../../support/mouse.js';
import { aFolder, someFolders } from '../../support/some-folders.js';

const FOLDERS = [
  aFolder('INBOX', { messages: 1_204, bytes: 34_000_000 }),
  aFolder('Archive/2019', { messages: 900, bytes: 20_000_000 }),
  aFolder('Archive/2020', { messages: 30, bytes: 1_000_000 }),
  aFolder('Trash', { messages: 7, bytes: 70_000 }),
  aFolder('Starred', { messages: 12, bytes: null, isUsual: false }),
];

/** The form after a test of both sides that went well, with the draft of what is moved. */
async function aTestedForm(folders: readonly FolderSeen[], size: ScreenSize = SMALL) {
  const good: GoodSide = {
    ...{ ok: true, software: 'Dovecot', folders, messages: 2_153, size: null, large: null, quota: null },
    ...{ appendLimit: null, way: 'MULTIAPPEND', roundTrip: 20, notes: [] },
  };
  const moved: MoveDraft[] = [];
  const no = async () => ({ ok: false as const, why: 'not in this test' });
  const services: StartServices = {
    batches: async () => [],
    test: async () => good,
    move: async (draft) => {
      moved.push(draft);
      return { ok: true, batch: 'ann' };
    },
    applications: async () => [],
    ...{ signIn: no, dryRun: no, open: no, resume: no, readsPlan: no, delete: no },
  };
  const { console } = await aStartConsole(services, size);
  await console.type('imaps://ann@old.example\tsecret\timaps://ann@new.example\tsecret\t\r');
  await console.clock.pass(1_000);
  return { console, scope: () => moved[0]?.scope };
}

describe('the folders of a move', () => {
  it('are chosen from a list with the keys: the cursor, a tick, a search', async () => {
    const { console, scope } = await aTestedForm(FOLDERS);
    expect(await console.screen()).toContain('[ Copy all 4 folders ]');
    await console.type('\t\t\r');
    const open = await console.screen();
    expect(open).toMatch(/folders to copy ─+ 1-5 of 5/);
    expect(open).toMatch(/▸\[x\] INBOX +1,204 +3[24]\.\d MB/);
    expect(open).toMatch(/\[ \] Starred +12 /);
    expect(open).toContain('[ Copy 4 folders ]');
    // None of the archive.
    await console.type('/arch\ra');
    expect(await console.screen()).toMatch(/folders to copy ─+ 1-2 of 2/);
    expect(await console.screen()).toContain('[ Copy 2 folders ]   1,211 messages');
    await console.type('\r');
    expect(await console.screen()).toContain('[ Copy 2 of 5 folders ]');
    await console.type('\u001b[Z\u001b[Z\r');
    expect(scope()).toEqual({
      chosen: { kind: 'without', paths: ['Archive/2019', 'Archive/2020'] },
      ...{ only: '', without: '', since: '' },
    });
  });

  it('are chosen with the mouse alone, and 5,000 of them scroll', async () => {
    const { console, scope } = await aTestedForm(someFolders(5_000), LARGE);
    await clickOn(console, 'Copy all 5,000 folders');
    expect(await console.screen()).toMatch(/folders to copy ─+ 1-\d+ of 5,000/);
    for (let turns = 0; turns < 3; turns++) await console.type('\u001b[<65;40;20M');
    await clickOn(console, '[x] Folder 9 ');
    await clickOn(console, 'Copy 4,999 folders');
    await clickOn(console, '[ Move ]');
    expect(scope()?.chosen).toEqual({ kind: 'without', paths: ['Folder 9'] });
  });

  it('stay as they were after esc, and typing others counts instead', async () => {
    const { console, scope } = await aTestedForm(FOLDERS);
    await console.type('\t\t\r \u001b');
    await console.clock.pass(200);
    expect(await console.screen()).toContain('[ Copy all 4 folders ]');
    await console.type('\r \r');
    expect(await console.screen()).toContain('[ Copy 3 of 5 folders ]');
    await console.type('\tArch*');
    expect(await console.screen()).toContain('[ Copy all 4 folders ]');
    await console.type('\u001b[Z\u001b[Z\u001b[Z\r');
    expect(scope()).toMatchObject({ chosen: null, only: 'Arch*' });
  });

  it('cannot all be left out', async () => {
    const { console } = await aTestedForm(FOLDERS);
    await console.type('\t\t\raa');
    expect(await console.screen()).toContain('choose one at least');
    await console.type('\r');
    expect(await console.screen()).toContain('choose one at least');
  });
});

describe('a choice of folders', () => {
  const folder = fc.record({ path: fc.string({ minLength: 1 }), isUsual: fc.boolean() });
  const list = fc.uniqueArray(folder, { minLength: 1, selector: ({ path }) => path });

  it('means the folders that were ticked, in whichever words', () => {
    fc.assert(
      fc.property(list, fc.infiniteStream(fc.boolean()), (paths, ticks) => {
        const folders = paths.map(({ path, isUsual }) => aFolder(path, { isUsual }));
        const ticked = new Set(folders.flatMap(({ path }) => (ticks.next().value ? [path] : [])));
        expect(tickedBy(choiceOf(ticked, folders), folders)).toEqual(ticked);
      }),
    );
  });

  it('names what stays behind where that is less, so that a folder made later is copied', () => {
    const without = (...paths: readonly string[]) =>
      choiceOf(
        new Set(FOLDERS.flatMap(({ path, isUsual }) => (isUsual && !paths.includes(path) ? [path] : []))),
        FOLDERS,
      );
    expect(without()).toBeNull();
    expect(without('Trash')).toEqual({ kind: 'without', paths: ['Trash'] });
    expect(without('Trash', 'INBOX', 'Archive/2019')).toEqual({ kind: 'only', paths: ['Archive/2020'] });
    expect(choiceText(without('Trash'), FOLDERS)).toBe('3 of 5 folders');
  });

  it('becomes a pattern for that folder alone, whatever characters its name has', () => {
    for (const path of [
      'INBOX',
      'a*b',
      'what?',
      '[Gmail]/All Mail',
      'x{1,2}',
      'back\\slash',
      '(old) mail',
      '!now',
      'a, b',
    ])
      expect([path, folderFilter('--include', [folderAsGlob(path)])([path])]).toEqual([path, true]);
    expect(folderFilter('--include', [folderAsGlob('a*b')])(['aXb'])).toBe(false);
    expect(folderFilter('--include', [folderAsGlob('Archive')])(['Archive/2019'])).toBe(false);
  });
});
