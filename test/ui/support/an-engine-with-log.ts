import { aLine, aNight, NOW } from './a-batch.js';
import { PaperEngine } from './paper-engine.js';
import { someErrors } from './some-errors.js';

export function anEngineWithLog(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  engine.log = Array.from({ length: 60 }, (_, i) =>
    aLine(`line ${i}`, {
      at: NOW - (60 - i) * 1_000,
      level: i % 10 === 9 ? 'error' : i % 5 === 4 ? 'warn' : 'info',
      mailbox: i % 2 === 0 ? 'ann' : 'bob',
      side: i % 3 === 0 ? 'source' : 'destination',
    }),
  );
  return engine;
}
