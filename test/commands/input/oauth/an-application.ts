import { execFileSync } from 'node:child_process';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OAuthTokens } from '../../../../src/commands/input/oauth/oauth-tokens.js';
import { openOAuth } from '../../../../src/commands/input/oauth/open-oauth.js';
import type { PlanRow } from '../../../../src/store/batch/batch.js';
import type { Clock } from '../../../../src/words/clock.js';

/** Time that passes only where somebody sleeps, or the test says so. */
export class OwnTime implements Clock {
  passed = 0;
  jumped = 0;
  readonly slept: number[] = [];
  now = () => Date.UTC(2026, 0, 15, 22, 0, 0) + this.passed + this.jumped;
  monotonic = () => this.passed;
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.passed += ms;
  }
}

export const rowOf = (name: string): PlanRow => ({
  id: name,
  email: `${name}@new.example`,
  sourceUser: `${name}@old.example`,
  destinationUser: `${name}@new.example`,
  userRoot: null,
  own: null,
  at: null,
  wave: null,
  row: 2,
});

const REGISTERED = { flow: 'm365', tenant: 'new.example', 'client-id': 'app-1' } as const;

/** A folder with the files that an operator writes, closed to others. */
export class AnApplication {
  private constructor(
    readonly dir: string,
    readonly publicKey: KeyObject,
    readonly privateKey: string,
    readonly certificate: string,
  ) {}

  static async registered(): Promise<AnApplication> {
    const dir = await mkdtemp(join(tmpdir(), 'nf-oauth-'));
    const pem = join(dir, 'both.pem');
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-subj',
        '/CN=nightferry',
        '-keyout',
        join(dir, 'key.pem'),
        '-out',
        join(dir, 'cert.pem'),
      ],
      { stdio: 'ignore' },
    );
    const [key, certificate] = await Promise.all(
      ['key.pem', 'cert.pem'].map((name) => readFile(join(dir, name), 'utf8')),
    );
    await writeFile(pem, `${certificate}${key}`, { mode: 0o600 });
    return new AnApplication(dir, createPublicKey(key!), key!, certificate!);
  }

  leaves(): Promise<void> {
    return rm(this.dir, { recursive: true });
  }

  async writes(name: string, content: unknown, mode = 0o600): Promise<string> {
    const path = join(this.dir, name);
    await rm(path, { force: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), { mode });
    return path;
  }

  /** Google's key file, for an endpoint. */
  serviceAccount(tokenUri: string): Promise<string> {
    return this.writes('google.json', {
      type: 'service_account',
      client_email: 'nightferry@project.example',
      private_key_id: 'k1',
      private_key: this.privateKey,
      token_uri: tokenUri,
    });
  }

  /** Tokens by these settings, with a source to ask for them. */
  async opens(settings: unknown, clock: Clock, env: Record<string, string | undefined> = {}) {
    const file = await this.writes('oauth.json', settings);
    const { source } = await openOAuth({ file, name: null }, 'destination', env);
    const tokens = new OAuthTokens({ clock, env });
    const get = async (name: string, renew = false) =>
      (await tokens.get(source, 'destination', rowOf(name), renew)).reveal();
    return { tokens, source, get };
  }

  /** Tokens of Microsoft 365 for an application that proves itself by its certificate. */
  byCertificate(endpoint: string, clock: Clock) {
    return this.opens({ ...REGISTERED, certificate: 'both.pem', 'token-endpoint': endpoint }, clock);
  }

  /** Tokens of Microsoft 365 for an application that proves itself by a secret. @param text  as the file holds it */
  async bySecret(endpoint: string, clock: Clock, text = 'hunter2-secret\n') {
    await this.writes('secret', text);
    return this.opens({ ...REGISTERED, 'secret-file': 'secret', 'token-endpoint': endpoint }, clock);
  }
}
