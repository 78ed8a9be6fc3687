import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startImapServer } from '../demo/server/index.js';
import { dovecotAvailable, type InstanceOptions, PASSWORD, startDovecot } from './lab/dovecot.js';

interface Ports {
  readonly port: number;
  readonly tlsPort: number;
}

/** Two servers with any user, to copy between. */
export interface BenchServers {
  /** What they are, for the head of the table. */
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

async function startEmbedded(why: string): Promise<BenchServers> {
  const dir = await mkdtemp(join(tmpdir(), 'nf-bench-'));
  const [source, destination] = await Promise.all([0, 1].map(() => startImapServer({ anyUser: PASSWORD })));
  if (source === undefined || destination === undefined) throw new Error('the embedded servers did not start');
  // Both show the certificate of the demo.
  const certificateFile = join(dir, 'cert.pem');
  await writeFile(certificateFile, source.cert);
  return {
    are: `two embedded servers in memory (no real ones: ${why})`,
    source,
    destination,
    certificate: source.cert,
    certificateFile,
    dir,
    destinationConf: null,
    async stop() {
      await Promise.all([source.stop(), destination.stop(), rm(dir, { recursive: true, force: true })]);
    },
  };
}
