import type { KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { Clock } from '../../src/words/clock.js';

/** The next answer, whatever is asked. */
export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Checks assertions (RFC 7523) as Google's and Entra's token endpoints do, by the clock of the test. */
export class TokenEndpoint {
  readonly asked: URLSearchParams[] = [];
  readonly claims: JWTPayload[] = [];
  readonly heads: ProtectedHeaderParameters[] = [];
  /** Taken one by one before anything is checked. */
  readonly scripted: Scripted[] = [];
  /** Users of the domain. */
  readonly users = new Set<string>();
  /** Refresh tokens that are good, each for one use. */
  readonly refreshTokens = new Set<string>();
  /** Seconds. */
  life = 3600;
  /** Milliseconds by which its clock is ahead of the test's. */
  ahead = 0;
  /** An answer waits for it. */
  gate: Promise<void> = Promise.resolve();
  #serial = 0;
  readonly #server: Server;

  private constructor(
    private readonly clock: Clock,
    private readonly publicKey: KeyObject,
  ) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void this.#answer(new URLSearchParams(Buffer.concat(chunks).toString())).then(({ status, headers, body }) => {
          const date = new Date(this.#now()).toUTCString();
          response.writeHead(status, { 'content-type': 'application/json', date, ...headers });
          response.end(typeof body === 'string' ? body : JSON.stringify(body));
        });
      });
    });
  }

  static async open(clock: Clock, publicKey: KeyObject): Promise<TokenEndpoint> {
    const endpoint = new TokenEndpoint(clock, publicKey);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`;
  }

  #now(): number {
    return this.clock.now() + this.ahead;
  }

  async #answer(form: URLSearchParams): Promise<Scripted> {
    this.asked.push(form);
    await this.gate;
    const scripted = this.scripted.shift();
    if (scripted) return scripted;
    const refresh = form.get('refresh_token');
    if (refresh !== null) return this.#refreshed(refresh);
    const assertion = form.get('assertion') ?? form.get('client_assertion');
    if (assertion === null) return refused('invalid_request', 'no assertion');
    const verified = await jwtVerify(assertion, this.publicKey, {
      audience: this.url,
      currentDate: new Date(this.#now()),
      maxTokenAge: 3600,
      requiredClaims: ['iss', 'sub', 'exp', 'iat'],
    }).catch((error: Error & { code?: string }) => error.code ?? error.message);
    if (typeof verified === 'string') {
      const isTime = /EXPIRED|iat|nbf|CLAIM/.test(verified);
      return refused(
        'invalid_grant',
        isTime
          ? 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.'
          : 'Invalid JWT Signature.',
      );
    }
    this.heads.push(verified.protectedHeader);
    this.claims.push(verified.payload);
    const subject = String(verified.payload.sub);
    if (form.has('assertion') && !this.users.has(subject)) return refused('invalid_grant', 'Invalid email or User ID');
    return this.#granted(subject);
  }

  /** A refresh token is replaced with each use, as Entra does. */
  #refreshed(used: string): Scripted {
    if (!this.refreshTokens.delete(used))
      return refused('invalid_grant', 'AADSTS700082: The refresh token has expired due to inactivity.');
    const next = `refresh-${this.#serial + 1}`;
    this.refreshTokens.add(next);
    return this.#granted('somebody', { refresh_token: next });
  }

  #granted(subject: string, more: object = {}): Scripted {
    this.#serial++;
    return {
      status: 200,
      body: { access_token: `tok-${this.#serial}-${subject}`, token_type: 'Bearer', expires_in: this.life, ...more },
    };
  }
}

export const refused = (error: string, description: string, status = 400): Scripted => ({
  status,
  body: { error, error_description: description },
});
