import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { connectTcp } from '../../engine/imap/connection/transport.js';
import { warmUp } from '../../engine/imap/connection/warm-sockets.js';
import { readTrust } from '../../engine/login/read-trust.js';
import { systemClock } from '../../words/clock.js';
import { SIDES, type Side } from '../../words/side.js';
import { readZone, UTC } from '../../words/zone.js';
import { startDetached } from './detached.js';
import { askHidden, confirm } from './hidden-prompt.js';
import type { Io, Output } from './io.js';
import { readLoginFacts } from './login-session.js';
import { streamOutput, terminalOutput } from './output.js';

/**
 * The process as it is.
 *
 * @param versionFile  our package.json
 * @param program      our first file
 */
export async function realIo(versionFile: URL, program: URL): Promise<Io> {
  const err = await output(process.stderr);
  const { version } = JSON.parse(readFileSync(versionFile, 'utf8')) as { version: string };
  /** Sides whose first connection is kept for the engine in this process. */
  const greeted = new Set<Side>();
  const stdin = process.stdin.isTTY ? (process.stdin as ReadStream) : null;
  return {
    out: await output(process.stdout),
    err,
    askHidden: stdin && err.isTerminal ? (question) => askHidden(question, stdin, err) : null,
    confirm: stdin && err.isTerminal ? (question) => confirm(question, stdin, err) : null,
    stdinLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    stdinIsTerminal: stdin !== null,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    tmp: tmpdir(),
    uid: process.getuid?.() ?? 0,
    version,
    zone: readZone(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? UTC,
    clock: systemClock,
    random: Math.random,
    onSignal(signal, listener) {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
    launcher: {
      startDetached: (start) => startDetached(fileURLToPath(program), start),
      loginFacts: () => readLoginFacts(process.env),
      loadConsoles: async () => (await import('./real-consoles.js')).realConsoles(systemClock),
    },
    probe: async (side, endpoint, then) => {
      const { probeEndpoint } = await import('../../engine/login/probe.js');
      const trust = await readTrust(side, endpoint);
      if (then === 'keep' && endpoint.security !== 'starttls') greeted.add(side);
      return probeEndpoint(side, endpoint, { connect: connectTcp, clock: systemClock, trust, then });
    },
    loadEngine: async (batch) => {
      // A quick move of one mailbox gains by saved round trips. A batch of many staggers its starts anyway.
      if (batch?.mailboxes.length === 1)
        for (const side of SIDES) warmUp(batch[side].host, batch[side].port, greeted.has(side) ? 1 : 2);
      return (await import('../../engine/engine.js')).startEngine;
    },
  };
}

async function output(stream: NodeJS.WriteStream): Promise<Output> {
  return (stream.isTTY ? await terminalOutput(systemClock, stream.columns) : null) ?? streamOutput(stream);
}
