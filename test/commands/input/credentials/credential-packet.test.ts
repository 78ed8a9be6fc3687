import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packCredentials, unpackCredentials } from '../../../../src/commands/input/credentials/credential-packet.js';
import { type EndpointCredentials, gatheredOf } from '../../../../src/commands/input/credentials/credentials-from.js';
import { Secret } from '../../../../src/engine/imap/session/credentials.js';
import { readNoticeUrl } from '../../../../src/engine/notices/channels/notice-url.js';
import type { Batch } from '../../../../src/store/batch/batch.js';
import { anEndpoint, batchOptions } from '../../../support/batch/plain-batch.js';

const endpoint = anEndpoint({ host: 'old.example', login: '{user}*admin', passwordCommand: ['pass', '{email}'] });
const batch: Pick<Batch, 'source' | 'destination' | 'others' | 'options'> = {
  source: endpoint,
  destination: { ...endpoint, host: 'new.example' },
  others: { source: {}, destination: {} },
  options: batchOptions({ exclude: ['Trash'], memory: 1_000_000, concurrency: 3, look: 'ahead' }),
};

const secret = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new Secret(text));
const fallback: fc.Arbitrary<EndpointCredentials['fallback']> = fc.oneof(
  fc.constant({ kind: 'none-needed' } as const),
  fc.constant({ kind: 'token-command', argv: ['token', '{user}'] } as const),
  fc.constant({ kind: 'password-command', argv: ['pass'] } as const),
  fc.constant({ kind: 'password-file', path: '/etc/pass' } as const),
  secret.map((password) => ({ kind: 'environment', password }) as const),
  fc.tuple(fc.constantFrom('m365', 'google', 'refresh'), fc.array(fc.tuple(fc.string(), secret))).map(
    ([flow, variables]) =>
      ({
        kind: 'oauth',
        place: { file: '/etc/oauth.json', name: 'm365' },
        flow,
        environment: new Map(variables),
      }) as const,
  ),
  fc.constantFrom('one login', 'each mailbox').map((by) => ({ kind: 'answered-later', by }) as const),
);
const credentials: fc.Arbitrary<EndpointCredentials> = fc.record({
  own: fc.array(fc.tuple(fc.string(), secret)).map((pairs) => new Map(pairs)),
  fallback,
  rows: fc.nat(),
});
const side = fc.array(fc.tuple(fc.string(), credentials)).map((pairs) => new Map(pairs));

/** With the secrets in clear, to be compared. */
const clear = (side: ReadonlyMap<string, EndpointCredentials>) => [...side].map(([key, one]) => [key, clearOne(one)]);

const clearOne = ({ own, fallback, rows }: EndpointCredentials) => ({
  own: [...own].map(([id, value]) => [id, value.reveal()]),
  fallback:
    fallback.kind === 'environment'
      ? { ...fallback, password: fallback.password.reveal() }
      : fallback.kind === 'oauth'
        ? { ...fallback, environment: [...fallback.environment].map(([name, value]) => [name, value.reveal()]) }
        : fallback,
  rows,
});

describe('what goes to an engine through its pipe', () => {
  it('arrives as it was, in one line, whatever a password holds', () => {
    fc.assert(
      fc.property(side, side, (source, destination) => {
        const line = packCredentials({ batch, credentials: { source, destination } });
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const read = unpackCredentials(line);
        expect(read?.batch).toEqual(batch);
        expect(read && clear(read.credentials.source)).toEqual(clear(source));
        expect(read && clear(read.credentials.destination)).toEqual(clear(destination));
      }),
    );
  });

  it('brings the whole URL of notices, which is secret everywhere else', () => {
    const read = readNoticeUrl('https://eva:hunter2@ntfy.example/moves?auth=x', null);
    const url = read.ok ? read.url : expect.unreachable(read.why);
    const none = { own: new Map(), fallback: { kind: 'none-needed' }, rows: 0 } as const;
    const notices = {
      wanted: { command: ['tell', 'a b'], urls: [{ host: url.host, shape: url.shape }], when: null },
      urls: [url],
    };
    const arrived = unpackCredentials(
      packCredentials({ batch, credentials: gatheredOf({ source: none, destination: none }), notices }),
    );
    expect(arrived?.notices?.wanted).toEqual(notices.wanted);
    expect(arrived?.notices?.urls[0]?.url.reveal()).toBe('https://eva:hunter2@ntfy.example/moves?auth=x');
    expect(JSON.stringify(arrived)).not.toMatch(/hunter2|auth=x/);
  });

  it.each(['', 'hello', '{}', '[1]', '{"source":{"password":"hunter2"}}'])('is not read out of %j', (line) => {
    expect(unpackCredentials(line)).toBeNull();
  });
});
