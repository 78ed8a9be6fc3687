import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/words/clock.js';
import { refused, type Scripted } from './token-endpoint.js';

/** Gives codes for devices, and answers polls (RFC 8628), by the clock of the test. */
export class DeviceEndpoint {
  /** Times of the polls, by the test's clock, in seconds since the code was given. */
  readonly polled: number[] = [];
  readonly forms: URLSearchParams[] = [];
  /** Answers that are given first, one by one: by `begin` for the first request, then for polls. */
  readonly beginScripted: Scripted[] = [];
  readonly pollScripted: Scripted[] = [];
  /** Seconds from the code until the person has signed in. */
  signedInAfter = Number.POSITIVE_INFINITY;
  interval = 5;
  life = 900;
  #begun = 0;
  #last = 0;
  readonly #server: Server;

  private constructor(private readonly clock: Clock) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const { status, headers, body } = request.url === '/device' ? this.#begin(form) : this.#poll(form);
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      });
    });
  }

  static async open(clock: Clock): Promise<DeviceEndpoint> {
    const endpoint = new DeviceEndpoint(clock);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  url(path: 'device' | 'token'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${path}`;
  }

  #now(): number {
    return this.clock.monotonic() / 1000;
  }

  #begin(form: URLSearchParams): Scripted {
    this.forms.push(form);
    const scripted = this.beginScripted.shift();
    if (scripted) return scripted;
    this.#begun = this.#now();
    this.#last = this.#begun;
    return {
      status: 200,
      body: {
        device_code: 'device-hunter2',
        user_code: 'BDWP-HQPK',
        verification_uri: 'https://id.example/activate',
        expires_in: this.life,
        interval: this.interval,
      },
    };
  }

  #poll(form: URLSearchParams): Scripted {
    const now = this.#now();
    const gap = now - this.#last;
    this.#last = now;
    this.polled.push(now - this.#begun);
    const scripted = this.pollScripted.shift();
    if (scripted) return scripted;
    if (form.get('device_code') !== 'device-hunter2' || form.get('client_id') !== 'app')
      return refused('invalid_grant', 'no such code');
    if (gap < this.interval - 0.001) {
      this.interval += 5;
      return refused('slow_down', 'too often');
    }
    if (now - this.#begun >= this.life) return refused('expired_token', 'AADSTS70020: the code has expired');
    if (now - this.#begun < this.signedInAfter) return refused('authorization_pending', 'wait');
    return {
      status: 200,
      body: { access_token: 'a-hunter2', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r-hunter2' },
    };
  }
}
