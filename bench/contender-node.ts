import { fileURLToPath } from 'node:url';
import type { Contender, Task } from './contender.js';
import type { NaiveTask } from './naive.js';

/** The bundle, as the package has it. */
const CLI = fileURLToPath(new URL('../bin/cli.js', import.meta.url));
const NAIVE = fileURLToPath(new URL('./naive.js', import.meta.url));

/** The tool as an operator runs it, of whichever build. */
export function nightferry(name: string, cli: string): Contender {
  return {
    name,
    overDistance: 'all',
    missing: null,
    async command({ line, sourceUser, destinationUser, password, state }) {
      const scheme = line.security === 'tls' ? 'imaps' : 'imap';
      const trust = ['--source-ca', line.certificateFile, '--destination-ca', line.certificateFile];
      return {
        program: process.execPath,
        args: [
          cli,
          'move',
          `${scheme}://${sourceUser}@127.0.0.1:${line.sourcePort}`,
          `${scheme}://${destinationUser}@127.0.0.1:${line.destinationPort}`,
          '--plain',
          ...(line.security === 'tls' ? trust : ['--insecure-plaintext']),
          '--state',
          state,
        ],
        env: { NIGHTFERRY_SOURCE_PASSWORD: password, NIGHTFERRY_DESTINATION_PASSWORD: password },
      };
    },
  };
}

export const ours = nightferry('nightferry', CLI);

/** The program of an afternoon: fetch one, append it, next. */
export const naive: Contender = {
  name: 'naive imapflow loop',
  overDistance: 'few',
  missing: null,
  async command(task) {
    return { program: process.execPath, args: [NAIVE, JSON.stringify(naiveTask(task))], env: {} };
  },
};

function naiveTask({ line, sourceUser, destinationUser, password }: Task): NaiveTask {
  const certificateFile = line.security === 'tls' ? line.certificateFile : null;
  return {
    source: { port: line.sourcePort, user: sourceUser, password },
    destination: { port: line.destinationPort, user: destinationUser, password },
    certificateFile,
  };
}
