import { chmod } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { type ImapServer, startImapServer, type TokenVerdict } from '../../../demo/server/index.js';
import { FINGERPRINT } from '../../support/gated-servers.js';
import { type Ended, Operator, type Running } from '../../support/nightferry.js';
import { letters } from '../../support/odd-mail.js';

export type Answers = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An HTTP server on loopback that answers as a test says, and knows how often it was asked. */
export class HttpEndpoint {
  readonly asked: URLSearchParams[] = [];
  readonly #server: Server;

  private constructor(answers: Answers) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        this.asked.push(new URLSearchParams(body));
        answers(request, response, body);
      });
    });
  }

  static async open(answers: Answers): Promise<HttpEndpoint> {
    const endpoint = new HttpEndpoint(answers);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Users whose server takes tokens, each with one that names it or the application; Ben has a password elsewhere. */
const TOKEN_USERS = ['ann', 'abe'] as const;
export const SECRET = 'app-hunter2-secret';

/** A batch of the built program: two mailboxes by tokens of `[oauth.app]`, one by a password of another server. */
export class TokenedNight {
  /** The verdict of the server on a token. */
  checks: (token: string) => TokenVerdict = (token) => (/^(?:hunter2-token|eyJ|tok-)/.test(token) ? 'good' : 'unknown');

  private constructor(
    readonly operator: Operator,
    readonly source: ImapServer,
    readonly others: ImapServer,
    readonly destination: ImapServer,
  ) {}

  static async begins(): Promise<TokenedNight> {
    const accounts = (users: readonly string[]) =>
      Object.fromEntries(users.map((user) => [user, { password: 'b-hunter2' }]));
    const source = await startImapServer({
      accounts: accounts(TOKEN_USERS),
      checkToken: ({ token }) => night.checks(token),
    });
    const others = await startImapServer({ accounts: accounts(['ben']) });
    const destination = await startImapServer({ accounts: accounts([...TOKEN_USERS, 'ben']) });
    for (const [server, users] of [
      [source, TOKEN_USERS],
      [others, ['ben']],
    ] as const)
      for (const user of users)
        for (const letter of letters(3, user)) server.accounts.get(user).folder('INBOX').add(letter);
    const night: TokenedNight = new TokenedNight(await Operator.arrive(), source, others, destination);
    return night;
  }

  /** @param application  the table `[oauth.app]` */
  async isPlanned(application: string): Promise<void> {
    const at = ({ tlsPort }: ImapServer) => `url = "imaps://127.0.0.1:${tlsPort}"\nfingerprint = "${FINGERPRINT}"\n`;
    await this.writes('secret', `${SECRET}\n`);
    const tables = `[source]\n${at(this.others)}[destination]\n${at(this.destination)}[server.app]\n${at(this.source)}`;
    await this.writes('nightferry.toml', `${tables}oauth = "app"\n[oauth.app]\n${application}`);
    const rows = ['ann,ann,,b-hunter2,app', 'abe,abe,,b-hunter2,app', 'ben,ben,b-hunter2,b-hunter2,'];
    await this.writes('plan.csv', `EmailAddress,UserName,Password,DestinationPassword,Source\n${rows.join('\n')}\n`);
  }

  async writes(name: string, text: string): Promise<string> {
    const path = await this.operator.file(name, text);
    await chmod(path, 0o600);
    return path;
  }

  starts(...more: readonly string[]): Running {
    return this.operator.start(['run', 'plan.csv', '--name', 'n', '--json', '--stagger', '0', ...more]);
  }

  arrived(user: string): number {
    return this.destination.accounts.get(user).folder('INBOX').messages.length;
  }

  /** Nothing that was said, and no byte of a file that the program wrote, is of a secret or a token. */
  async showsNothing(...runs: readonly Pick<Ended, 'out' | 'err'>[]): Promise<void> {
    const all = [...(await this.operator.kept()), ...runs.flatMap(({ out, err }) => [out, err])].join('\n');
    expect(/.{0,80}(?:hunter2|aHVudGVyMi|eyJ[\w-]{10}|tok-\d)/.exec(all)?.[0]).toBeUndefined();
  }

  async ends(): Promise<void> {
    await this.operator.leave();
    await Promise.all([this.source.stop(), this.others.stop(), this.destination.stop()]);
  }
}

/** An answer as a token endpoint gives it. */
export function answer(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
