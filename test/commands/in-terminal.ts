import type { Consoles } from '../../src/commands/process/consoles.js';
import type { Io } from '../../src/commands/process/io.js';
import type { AnOperator } from './an-operator.js';

const NO_CONSOLE: Consoles = {
  onBatch: () => Promise.reject(new Error('no batch runs here')),
  check: () => Promise.reject(new Error('nothing is checked here')),
  start: () => Promise.reject(new Error('no start screen here')),
};

/** The operator's surroundings in a terminal that draws these consoles, and where no engine is started. */
export function inTerminal(operator: AnOperator, consoles: Partial<Consoles>): Io {
  const io = operator.io();
  return {
    ...io,
    env: { ...io.env, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    stdinIsTerminal: true,
    out: { isTerminal: true, width: null, write: (text) => operator.out.write(text) },
    launcher: {
      startDetached: () => Promise.reject(new Error('no engine is started here')),
      loginFacts: () => Promise.reject(new Error('no engine is started here')),
      loadConsoles: async () => ({ ...NO_CONSOLE, ...consoles }),
    },
  };
}
