import { constants } from 'node:os';

/**
 * Ends this process by hand: a half-open connection or a stalled pipe must not keep it once the code is known.
 *
 * After a hangup it ends by that signal. Node's own way out sets the terminal right once more, and where the
 * terminal is gone that is an abort with a core dump (node::ResetStdio): one for each dropped SSH session.
 */
export function endProcess(code: number): never {
  if (code === 128 + constants.signals.SIGHUP) {
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  }
  process.exit(code);
}
