import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedServer } from './embedded-program.js';
import { dovecotAvailable, type InstanceOptions, startDovecot } from './lab/dovecot.js';

interface Ports {
  readonly port: number;
  readonly tlsPort: number;
}

/** Two servers with any user, to copy between. */
export interface BenchServers {
  /** Their description, for the head of the table. */
  readonly are: string;
  readonly source: Ports;
  readonly destination: Ports;
  readonly certificate: string;
  readonly certificateFile: string;
  /** For files of a run; removed by stop(). */
  readonly dir: string;
  /** dovecot.conf of the destination, for tools that write its storage; null where it is no Dovecot. */
  readonly destinationConf: string | null;
  stop(): Promise<void>;
}

/** Real servers where they can be had, else two embedded ones: their numbers say less, and the table says so. */
export async function startServers(fsync: InstanceOptions['fsync']): Promise<BenchServers> {
  const real = dovecotAvailable();
  if (!real.ok) return await startEmbedded(real.why);
  const { source, destination, certificate, certificateFile, dir, stop } = await startDovecot({
    source: { fsync },
    destination: { fsync },
  });
  const are = `two Dovecots (Maildir to sdbox, mail_fsync=${fsync})`;
  return { are, source, destination, certificate, certificateFile, dir, destinationConf: destination.conf, stop };
}

/** Each in a process of its own. @param why  for the head of the table: no real ones are used */
export async function startEmbedded(why: string): Promise<BenchServers> {
  const dir = await mkdtemp(join(tmpdir(), 'nf-bench-'));
  const [source, destination] = await Promise.all([startOne(), startOne()]);
  // Both show the certificate of the demo.
  const certificate = source.server.cert;
  const certificateFile = join(dir, 'cert.pem');
  await writeFile(certificateFile, certificate);
  return {
    are: `two embedded servers in memory (no real ones: ${why})`,
    source: source.server,
    destination: destination.server,
    certificate,
    certificateFile,
    dir,
    destinationConf: null,
    async stop() {
      await Promise.all([source, destination].map(({ child }) => ended(child)));
      await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function startOne(): Promise<{ readonly child: ChildProcess; readonly server: EmbeddedServer }> {
  const child = fork(fileURLToPath(new URL('./embedded-program.js', import.meta.url)));
  const [server] = (await once(child, 'message')) as [EmbeddedServer];
  return { child, server };
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
