import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceOptions } from './dovecot-conf.js';
import { type Instance, startInstance } from './dovecot-instance.js';
import { freePorts } from './ports.js';
import { findProgram } from './programs.js';

export { type InstanceOptions, MASTER, PASSWORD } from './dovecot-conf.js';

export interface DovecotOptions {
  readonly source?: Partial<InstanceOptions>;
  readonly destination?: Partial<InstanceOptions>;
}

export interface DovecotPair {
  readonly source: Instance;
  readonly destination: Instance;
  /** Holds both instances, their mail and logs; removed by stop(). */
  readonly dir: string;
  /** PEM, self-signed for localhost and 127.0.0.1, and its file. */
  readonly certificate: string;
  readonly certificateFile: string;
  stop(): Promise<void>;
}

/** Tests do not wait for a disk: that is what a benchmark measures. */
const USUAL: InstanceOptions = {
  store: 'sdbox',
  separator: '/',
  prefix: '',
  names: 'english',
  hiddenCapabilities: [],
  maxConnections: 1000,
  fsync: 'never',
  addresses: ['127.0.0.1'],
  mechanisms: ['plain', 'login'],
};

/** Whether a real server can be started here, and if not, what is missing. */
export function dovecotAvailable(): { readonly ok: true } | { readonly ok: false; readonly why: string } {
  const binary = findProgram('dovecot');
  if (binary === null)
    return { ok: false, why: 'dovecot is not installed (apt-get install dovecot-core dovecot-imapd)' };
  if (findProgram('openssl') === null) return { ok: false, why: 'openssl is not installed' };
  if (process.getuid?.() !== 0) return { ok: false, why: 'Dovecot with many users needs root' };
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  return version.startsWith('2.3.')
    ? { ok: true }
    : { ok: false, why: `Dovecot ${version} is installed; the harness speaks 2.3` };
}

/**
 * Starts two private servers on free ports: a source that keeps Maildir and a destination that keeps sdbox.
 * Any user logs in with PASSWORD, and has an empty mailbox then.
 *
 * @throws Error  with the server's own words, when it does not come up
 */
export async function startDovecot(options: DovecotOptions = {}): Promise<DovecotPair> {
  const dir = await mkdtemp(join(tmpdir(), 'nf-dovecot-'));
  const started: Instance[] = [];
  const stop = async () => {
    await Promise.all(started.map((instance) => instance.stop()));
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    // Mail is written by an id of its own, which must get in.
    await chmod(dir, 0o755);
    const { certificateFile, keyFile } = makeCertificate(dir);
    const ports = await freePorts(4);
    const start = async (
      name: string,
      at: number,
      chosen: Partial<InstanceOptions> | undefined,
      store: 'maildir' | 'sdbox',
    ) => {
      const [port = 0, tlsPort = 0] = ports.slice(at);
      const place = { root: join(dir, name), name, port, tlsPort, certificateFile, keyFile };
      const instance = await startInstance(place, { ...USUAL, store, ...chosen });
      started.push(instance);
      return instance;
    };
    const [source, destination] = await Promise.all([
      start('source', 0, options.source, 'maildir'),
      start('destination', 2, options.destination, 'sdbox'),
    ]);
    return { source, destination, dir, certificate: readFileSync(certificateFile, 'utf8'), certificateFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function makeCertificate(dir: string) {
  const [certificateFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...key, ...names, '-days', '3650', '-out', certificateFile], {
    stdio: 'pipe',
  });
  return { certificateFile, keyFile };
}
