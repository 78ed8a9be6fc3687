import { aNight } from './a-batch.js';
import { aBatchConsole, type SMALL } from './a-batch-console.js';
import { PaperEngine } from './paper-engine.js';
import { someErrors } from './some-errors.js';

export function anErringEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  return engine;
}

/** A console on the errors. */
export async function aTriage(
  engine = anErringEngine(),
  ...rest: [size?: typeof SMALL, access?: 'full' | 'read-only']
) {
  const opened = await aBatchConsole(engine, ...rest);
  await opened.console.type('e');
  return { engine, ...opened };
}

export const previews = (engine: PaperEngine) => engine.told.filter((command) => command.do === 'preview');
export const lastSelection = (engine: PaperEngine) => previews(engine).at(-1)?.selection;
