import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OAuthTokens } from '../../../../src/commands/input/oauth/oauth-tokens.js';
import { openOAuth } from '../../../../src/commands/input/oauth/open-oauth.js';
import { SIDES } from '../../../../src/words/side.js';
import { TokenEndpoint } from '../../../support/token-endpoint.js';
import { AnApplication, OwnTime, rowOf } from './an-application.js';

let app: AnApplication;
let endpoint: TokenEndpoint;
let time: OwnTime;
beforeAll(async () => {
  app = await AnApplication.registered();
});
afterAll(() => app.leaves());
beforeEach(async () => {
  time = new OwnTime();
  endpoint = await TokenEndpoint.open(time, app.publicKey);
  endpoint.refreshTokens.add('first-hunter2');
});
afterEach(() => endpoint.close());

const settings = (place: object) => ({
  flow: 'refresh',
  'client-id': 'a',
  'token-endpoint': endpoint.url,
  ...place,
});
const FILE = { 'refresh-token-file': 'refresh' };

/** Tokens as one process has them, of two applications that name one refresh token. */
async function aProcess(place: object, env: Record<string, string> = {}) {
  const files = await Promise.all(['one.json', 'other.json'].map((name) => app.writes(name, settings(place))));
  const tokens = new OAuthTokens({ clock: time, env });
  const sources = await Promise.all(
    files.map((file, at) => openOAuth({ file, name: null }, SIDES[at]!, { ...env }).then(({ source }) => source)),
  );
  return {
    get: (at: 0 | 1, renew = false) => tokens.get(sources[at]!, SIDES[at]!, rowOf('ann'), renew),
  };
}

describe('a refresh token that the endpoint replaces at each use', () => {
  it.each([FILE, { 'refresh-token-env': 'MINE' }])(
    'is used by one at a time where both sides name it (%j)',
    async (place) => {
      await app.writes('refresh', 'first-hunter2\n');
      const { get } = await aProcess(place, { MINE: 'first-hunter2' });
      const round = (renew: boolean) => Promise.all([get(0, renew), get(1, renew)]);
      // Either side may come first in a round.
      for (const renew of [false, true]) {
        const given = (await round(renew)).map((token) => token.reveal());
        expect(given.sort()).toEqual((renew ? [3, 4] : [1, 2]).map((n) => `tok-${n}-somebody`));
      }
      expect(endpoint.asked.map((form) => form.get('refresh_token'))).toEqual([
        'first-hunter2',
        'refresh-1',
        'refresh-2',
        'refresh-3',
      ]);
    },
  );

  it('is asked for again with the one that another process has put into the file meanwhile', async () => {
    await app.writes('refresh', 'used-up\n');
    const { get } = await aProcess(FILE);
    endpoint.gate = (async () => {
      while (endpoint.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await app.writes('refresh', 'first-hunter2\n');
    })();
    expect((await get(0)).reveal()).toBe('tok-1-somebody');
    expect(endpoint.asked.map((form) => form.get('refresh_token'))).toEqual(['used-up', 'first-hunter2']);
  });

  it('goes on after a refusal of one that was before it', async () => {
    await app.writes('refresh', 'revoked\n');
    const { get } = await aProcess(FILE);
    const both = await Promise.allSettled([get(0), get(1)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await app.writes('refresh', 'first-hunter2\n');
    expect((await get(1)).reveal()).toBe('tok-1-somebody');
  });
});
