import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastOf, story } from '../../support/nightferry.js';
import { granted } from '../input/oauth/token-answers.js';
import { type Answers, answer, HttpEndpoint, SECRET, TokenedNight } from './a-tokened-night.js';

let night: TokenedNight;
let endpoint: HttpEndpoint | null;
beforeEach(async () => {
  night = await TokenedNight.begins();
  endpoint = null;
});
afterEach(async () => {
  await night.ends();
  await endpoint?.close();
});

async function opens(answers: Answers): Promise<HttpEndpoint> {
  endpoint = await HttpEndpoint.open(answers);
  await night.isPlanned(`tenant = "t"\nclient-id = "i"\nsecret-file = "secret"\ntoken-endpoint = "${endpoint.url}"\n`);
  return endpoint;
}

/** A token that was given before, to whom ever. */
const TOKEN = `eyJ0eXAi.${'hunter2-token'.repeat(4)}`;
const echo = `you sent ${SECRET}, and got ${TOKEN}`;

describe('an endpoint that gives no token', () => {
  const elsewhere = 'http://127.0.0.1:1/hunter2-token';
  it.each<[string, Answers, RegExp]>([
    [
      'is a redirect, which nothing follows',
      (_, response) => answer(response, 302, '', { location: elsewhere }),
      /the answer is none of a token endpoint \(HTTP 302\)/,
    ],
    [
      'is a page of a proxy',
      (_, response) => answer(response, 200, `<html>${echo}</html>`, { 'content-type': 'text/html' }),
      /the answer is none of a token endpoint \(HTTP 200\)/,
    ],
    ['is JSON without a token', (_, response) => answer(response, 200, { hunter2: echo }), /none of a token endpoint/],
    [
      'answers with gigabytes',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const line = Buffer.alloc(64 * 1024, 'hunter2-token ');
        const pour = () => {
          while (!response.destroyed && response.write(line));
          if (!response.destroyed) response.once('drain', pour);
        };
        pour();
      },
      /none of a token endpoint \(HTTP 200\)/,
    ],
    [
      'refuses with what it was sent',
      (_, response) => answer(response, 400, { error: 'strange_thing', error_description: `${echo}\u001b[31m` }),
      /it does not say what is wrong in words that are known here/,
    ],
    [
      'says that the secret has expired',
      (_, response) => answer(response, 401, { error: 'invalid_client', error_description: `AADSTS7000222: ${echo}` }),
      /the client secret has expired \(invalid_client, AADSTS7000222\)/,
    ],
  ])('because it %s is asked once, said in one line, and holds its own mailboxes', async (_, answers, why) => {
    const { asked } = await opens(answers);
    const run = await night.starts().ended;
    expect(run.code, story(run)).toBe(3);
    expect(asked).toHaveLength(1);
    expect([night.arrived('ben'), night.arrived('ann'), night.arrived('abe')]).toEqual([3, 0, 0]);
    const failures = run.events.flatMap((event) => (event.type === 'failure' ? [event.failure] : []));
    expect(failures.map(({ response }) => response)).toEqual([expect.stringMatching(why)]);
    expect(failures[0]!.response).toMatch(/^127\.0\.0\.1:\d+ gives no access token: [^\n\u001b]{10,400}$/);
    for (const user of ['ann', 'abe'])
      expect([lastOf(run, user).state.kind, lastOf(run, user).asksPassword]).toEqual(['held', null]);
    expect(lastOf(run, 'ben').state.kind).toBe('synced');
    expect(run.peakRss).toBeLessThan(300 * 2 ** 20);
    await night.showsNothing(run);
  });
});

describe('an endpoint that wants time', () => {
  it('is asked again when it said, and the mailboxes go on', async () => {
    const at: number[] = [];
    const { asked } = await opens((_, response) => {
      at.push(performance.now());
      if (at.length === 1) answer(response, 429, echo, { 'retry-after': '2' });
      else if (at.length === 2) answer(response, 503, `<html>${echo}`, { 'retry-after': '1' });
      else answer(response, 200, granted('hunter2-token').body);
    });
    const run = await night.starts().ended;
    expect(run.code, story(run)).toBe(0);
    expect([night.arrived('ben'), night.arrived('ann'), night.arrived('abe'), asked.length]).toEqual([3, 3, 3, 3]);
    expect(at[1]! - at[0]!).toBeGreaterThan(1_900);
    expect(at[2]! - at[1]!).toBeGreaterThan(900);
    await night.showsNothing(run);
  });

  it('for longer lets its mailboxes rest as long as it said, and the others go on', async () => {
    const { asked } = await opens((_, response) => answer(response, 429, echo, { 'retry-after': '900' }));
    const running = night.starts();
    const rests = () =>
      running.events.filter((event) => event.type === 'mailbox' && event.mailbox.state.kind === 'backing-off').length;
    await expect.poll(() => [night.arrived('ben'), rests() > 1], { timeout: 60_000 }).toEqual([3, true]);
    running.kill('SIGINT');
    const run = await running.ended;
    expect(asked).toHaveLength(1);
    const { state } = lastOf(
      { events: run.events.filter((e) => e.type !== 'mailbox' || e.mailbox.state.kind === 'backing-off') },
      'ann',
    );
    expect(state).toMatchObject({ kind: 'backing-off' });
    expect(JSON.stringify(state)).toContain('gives no access token for now (HTTP 429)');
    await night.showsNothing(run);
  });

  it('and never answers keeps neither the others from their mail nor the run from its end', async () => {
    const { asked } = await opens(() => undefined);
    const running = night.starts();
    await expect.poll(() => [night.arrived('ben'), asked.length], { timeout: 60_000 }).toEqual([3, 1]);
    const since = performance.now();
    running.kill('SIGINT');
    const run = await running.ended;
    // Stopped by order, with mailboxes left.
    expect(run.code).toBe(4);
    expect(performance.now() - since).toBeLessThan(15_000);
    await night.showsNothing(run);
  });
});
