import type { Io, Output } from '../src/commands/process/io.js';
import { systemClock } from '../src/words/clock.js';

/**
 * The world as a command of the demo sees it: this process, but a home of its own that is thrown away
 * after, and nobody to ask.
 *
 * @param folder  a temporary one: state, socket and home
 */
export function demoWorld(folder: string, version: string, out: Output, err: Output): Io {
  return {
    out,
    err,
    askHidden: null,
    confirm: null,
    probe: async () => ({ kind: 'answers' }),
    stdinLines: async function* () {},
    stdinIsTerminal: false,
    env: { XDG_STATE_HOME: folder, XDG_RUNTIME_DIR: folder },
    cwd: folder,
    home: folder,
    tmp: folder,
    uid: process.getuid?.() ?? 0,
    version,
    zone: 'UTC',
    clock: systemClock,
    random: Math.random,
    onSignal(signal, listener) {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
    launcher: null,
    loadEngine: async () => (await import('../src/engine/engine.js')).startEngine,
  };
}
