import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Binding } from '../../src/ui/keys/bindings.js';
import { batchScreens } from '../../src/ui/screens/batch-screens.js';
import { checkScreens } from '../../src/ui/screens/check/check-screens.js';
import { BATCH_BINDINGS } from '../../src/ui/screens/shared/batch-keys.js';
import type { BatchSummary, StartServices } from '../../src/ui/screens/start/services.js';
import { startScreens } from '../../src/ui/screens/start/start-screens.js';
import { SCROLL_BINDINGS } from '../../src/ui/shell/ScrolledPage.js';
import { SHELL_BINDINGS, screenBindings } from '../../src/ui/shell/shell-keys.js';
import { aLine, aNight, counts, MINUTE, NOW } from './support/a-batch.js';
import { aBatchConsole, aStartConsole } from './support/a-batch-console.js';
import { aCheckConsole, PaperCheck } from './support/a-check.js';
import { aRehearsal } from './support/a-rehearsal.js';
import { consolePage, type ScreenPage, withPicture } from './support/console-page.js';
import { PaperEngine } from './support/paper-engine.js';
import { someErrors } from './support/some-errors.js';

/** The keys that lead to each screen of a batch, and their words. */
const WAYS: readonly (readonly [screen: string, keys: string, way: string])[] = [
  ['night', '', ''],
  ['mailbox', 'jjm', '`m` on a mailbox'],
  ['schedule', 's', '`s`'],
  ['errors', 'e', '`e`'],
  ['error-group', 'e\r', '`e`, then `enter` on a group'],
  ['error', 'e\r\r', '`e`, then `enter` on a group and on an entry'],
  ['log', 'l', '`l`'],
  ['decisions', 'd', '`d`'],
  ['morning', 'i', '`i`; it is seen first after a long time away'],
];
const RUNNING: BatchSummary = {
  name: 'school-2026',
  state: 'running',
  why: '',
  mailboxes: 20,
  byState: { held: 2, copying: 17 },
  needs: 2,
  counts: counts(1_000, 570),
  expected: 0,
  errors: 214,
  eta: NOW + 206 * MINUTE,
  lastAt: NOW,
};

function anEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  engine.answers.set('rehearse', { ok: true, rehearsal: aRehearsal(engine.mailboxes) });
  engine.log = Array.from({ length: 30 }, (_, i) => aLine(`copied message ${i + 1}`, { at: NOW - (30 - i) * 2_000 }));
  return engine;
}

async function startPage(): Promise<ScreenPage> {
  const no = async () => ({ ok: false as const, why: 'not in this test' });
  const services: StartServices = {
    batches: async () => [
      RUNNING,
      { ...RUNNING, name: 'law-firm', state: 'stopped', byState: {}, needs: 0, eta: null },
    ],
    test: async () => ({ ok: false, why: 'not in this test', advice: '', at: 'server' }),
    applications: async () => [],
    signIn: no,
    move: no,
    dryRun: no,
    readsPlan: no,
    open: no,
    resume: no,
    delete: no,
  };
  const { console } = await aStartConsole(services);
  const [screen] = startScreens();
  const frame = (await console.look()).text;
  return {
    title: 'start',
    description: screen?.description ?? '',
    way: '`nightferry` without arguments',
    frame,
    bindings: screen?.bindings ?? [],
  };
}

async function checkPage(name: string, keys: string, way: string): Promise<ScreenPage> {
  const check = new PaperCheck();
  const console = aCheckConsole(check);
  await console.screen();
  for (const key of keys) await console.type(key);
  const frame = (await console.look()).text;
  console.keyboard.end();
  await console.ended;
  const screen = checkScreens('school').find((one) => one.name === name);
  const { label = name, description = '', bindings = [] } = screen ?? {};
  return { title: label, description, way, frame, bindings };
}

async function batchPage([name, keys, way]: (typeof WAYS)[number]): Promise<ScreenPage> {
  const { console } = await aBatchConsole(anEngine());
  for (const key of keys) await console.type(key);
  await console.clock.pass(300);
  const screen = batchScreens(() => 'school-2026').find((one) => one.name === name);
  const { label = name, description = '', bindings = [] } = screen ?? {};
  return { title: label, description, way, frame: (await console.look()).text, bindings };
}

// `npm run pages` writes it.
it('docs/console.md is what the program draws and what its keys do', async () => {
  const pages = [await startPage()];
  for (const way of WAYS) pages.push(await batchPage(way));
  pages.push(await checkPage('check', '', '`nightferry check PLAN` in a terminal, or `p` on the start screen'));
  pages.push(await checkPage('check-group', 'j\r', '`enter` on a finding'));
  const everywhere: readonly Binding[] = [
    ...SCROLL_BINDINGS,
    ...screenBindings(batchScreens(() => 'school-2026')),
    ...SHELL_BINDINGS,
    ...BATCH_BINDINGS,
  ];
  await expect(consolePage(pages, everywhere)).toMatchFileSnapshot('../../docs/console.md');
});

it('the picture in README.md is what the program draws', async () => {
  const { frame } = await batchPage(['night', 'n', '']);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  await expect(withPicture(readme, frame)).toMatchFileSnapshot('../../README.md');
});

it('shows every screen', () => {
  const shown = new Set(WAYS.map(([screen]) => screen));
  expect(batchScreens(() => '').filter(({ name }) => !shown.has(name))).toEqual([]);
});
