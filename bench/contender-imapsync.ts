import { join } from 'node:path';
import type { Contender, Task } from './contender.js';
import { findProgram } from './lab/programs.js';

/** With its default options, but for its log file. */
export function imapsync(): Contender {
  const program = findProgram('imapsync');
  return {
    name: 'imapsync',
    overDistance: 'few',
    missing: program === null ? 'not on the PATH' : null,
    async command(task) {
      const quiet = [
        '--nolog',
        '--noreleasecheck',
        '--nomodulesversion',
        '--tmpdir',
        task.state,
        '--pidfile',
        join(task.state, 'pid'),
      ];
      const env = { IMAPSYNC_PASSWORD1: task.password, IMAPSYNC_PASSWORD2: task.password };
      return { program: program ?? 'imapsync', args: [...end(1, task), ...end(2, task), ...quiet], env };
    },
  };
}

function end(number: 1 | 2, { line, sourceUser, destinationUser }: Task): string[] {
  const port = number === 1 ? line.sourcePort : line.destinationPort;
  const to = [
    `--host${number}`,
    '127.0.0.1',
    `--port${number}`,
    String(port),
    `--user${number}`,
    number === 1 ? sourceUser : destinationUser,
  ];
  if (line.security === 'plaintext') return [...to, `--nossl${number}`, `--notls${number}`];
  const check = [
    `--sslargs${number}`,
    'SSL_verify_mode=1',
    `--sslargs${number}`,
    `SSL_ca_file=${line.certificateFile}`,
  ];
  return [...to, `--ssl${number}`, ...check];
}
