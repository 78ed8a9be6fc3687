import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contender, Task } from './contender.js';
import { findProgram } from './lab/programs.js';

/** isync's one-way copy between two IMAP stores, with arrival dates. */
export function mbsync(): Contender {
  const program = findProgram('mbsync');
  return {
    name: 'mbsync',
    overDistance: 'all',
    missing: program === null ? 'not on the PATH' : null,
    async command(task) {
      const config = join(task.state, 'mbsyncrc');
      await mkdir(join(task.state, 'sync'));
      await writeFile(config, mbsyncrc(task), { mode: 0o600 });
      return { program: program ?? 'mbsync', args: ['-c', config, '-a'], env: {} };
    },
  };
}

function mbsyncrc(task: Task): string {
  const { line } = task;
  const trust = line.security === 'tls' ? `SSLType IMAPS\nCertificateFile ${line.certificateFile}` : 'SSLType None';
  const store = (name: string, port: number, user: string) =>
    // It compares names only, no addresses, with the certificate.
    `IMAPAccount ${name}\nHost localhost\nPort ${port}\nUser ${user}\nPass ${task.password}\n${trust}\nAuthMechs LOGIN\nTimeout 120\n\n` +
    `IMAPStore ${name}\nAccount ${name}\nMapInbox INBOX\n\n`;
  return (
    store('source', line.sourcePort, task.sourceUser) +
    store('destination', line.destinationPort, task.destinationUser) +
    'Channel copy\nFar :source:\nNear :destination:\nPatterns *\nSync Pull\nCreate Near\nExpunge None\nCopyArrivalDate yes\n' +
    `SyncState ${join(task.state, 'sync')}/\n`
  );
}
