import { describe, expect, it } from 'vitest';
import { aNight } from '../support/a-batch.js';
import { aBatchConsole, LARGE, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';
import { someErrors } from '../support/some-errors.js';

const anEngine = () => {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  return engine;
};
const isBox = (line: string) => /[╭│╰]/.test(line);

describe('a box over the screen', () => {
  it.each([['R'], ['X'], ['sI'], [':'], ['ex']])('has no torn words beside it at 80 columns: %s', async (keys) => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    await console.type('e');
    for (const key of keys) await console.type(key);
    const lines = (await console.look()).text.filter(isBox);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line).toMatch(/^ *[╭│╰].*[╮│╯] *$/);
  });

  it('leaves what can be read beside it where there is room', async () => {
    const { console } = await aBatchConsole(anEngine(), LARGE);
    await console.type('X');
    const lines = (await console.look()).text.filter((line) => line.includes('stop the work'));
    expect(lines[0]).toMatch(/\S.*╭ stop the work/);
  });

  it('shows by a sign which button is pressed by Enter', async () => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    await console.type('X');
    expect(await console.screen()).toMatch(/ {2}Stop {3,}▸\[ Cancel \]/);
    await console.type('\t');
    expect(await console.screen()).toMatch(/▸\[ Stop \] {3,}Cancel/);
  });
});
