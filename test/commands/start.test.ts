import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/commands/main.js';
import type { Consoles } from '../../src/commands/process/consoles.js';
import type { Io } from '../../src/commands/process/io.js';
import { AnOperator } from './an-operator.js';
import { inTerminal } from './in-terminal.js';

type Opened = Parameters<Consoles['start']>[0];

let operator: AnOperator;
let opened: Opened[];
beforeEach(async () => {
  operator = await AnOperator.atWork();
  opened = [];
});
afterEach(() => operator.goesHome());

/** A terminal in which a start screen is left at once, with this code. */
function terminal(left = 0): Io {
  return inTerminal(operator, {
    start: async (parts) => {
      opened.push(parts);
      return { left };
    },
  });
}

const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example', '--plain'];

async function aBatchIn(state: string): Promise<void> {
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'a';
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'b';
  expect(await operator.runs(...MOVE, '--name', 'ann', '--state', state)).toBe(0);
  operator.clears();
}

describe('nightferry without a command', () => {
  it('opens the start screen, and ends as it was left', async () => {
    expect(await main([], terminal(129))).toBe(129);
    expect(opened.map(({ mode, access }) => [mode.charset, mode.theme, access])).toEqual([['unicode', 'dark', 'full']]);
  });

  it('opens it on the batches of another folder, drawn as it was asked for, and read-only', async () => {
    const state = join(operator.dir, 'elsewhere');
    await aBatchIn(state);
    expect(await main(['--state', state, '--ascii', '--theme', 'light', '--read-only'], terminal())).toBe(0);
    expect(operator.err.text).toBe('');
    const [screen] = opened;
    expect([screen?.mode.charset, screen?.mode.theme, screen?.access]).toEqual(['ascii', 'light', 'read-only']);
    expect((await screen?.services.batches())?.map(({ name }) => name)).toEqual(['ann']);
    await main([], terminal());
    expect(await opened[1]?.services.batches()).toEqual([]);
  });

  it('takes options in front of a command as the command’s own', async () => {
    const state = join(operator.dir, 'elsewhere');
    await aBatchIn(state);
    expect(await main(['--state', state, 'status'], operator.io())).toBe(0);
    expect(operator.out.text).toContain('ann');
    expect(opened).toEqual([]);
  });

  it.each([
    [['--frobnicate'], /^nightferry: unknown option '--frobnicate'; see nightferry --help\n$/],
    [['--theme', 'green'], /^nightferry: --theme: one of dark, light, mono is expected\n$/],
    [['--state'], /^nightferry: option '--state <dir>' argument missing; see nightferry --help\n$/],
    [['--state', ''], /^nightferry: --state: a folder is expected\n$/],
    [['frobnicate'], /^nightferry: unknown command 'frobnicate'; see nightferry --help\n$/],
    [['--state', 'x', 'frobnicate'], /^nightferry: unknown command 'frobnicate'/],
    [['statu'], /unknown command 'statu' \(Did you mean status\?\)/],
  ])('says what is wrong with %j, and ends in 2', async (argv, said) => {
    expect(await main(argv, terminal())).toBe(2);
    expect(operator.err.text).toMatch(said);
    expect(opened).toEqual([]);
  });

  it('shows its help where there is no terminal, with the options of the start screen', async () => {
    expect(await main(['--state', operator.dir], operator.io())).toBe(2);
    expect(operator.err.text).toMatch(/Usage: nightferry[\s\S]*--state <dir>[\s\S]*--read-only/);
  });
});
