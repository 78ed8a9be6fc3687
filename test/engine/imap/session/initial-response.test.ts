import { expect, it } from 'vitest';
import { Secret } from '../../../../src/engine/imap/session/credentials.js';
import { type Executes, respondAtOnce } from '../../../../src/engine/imap/session/initial-response.js';
import { openSession } from '../../../../src/engine/imap/session/session.js';
import { systemClock } from '../../../../src/words/clock.js';
import { aServer } from '../../../demo/server/harness.js';
import { nightBatch } from '../../../support/night-batch.js';

const LOGIN = { user: 'ann', authzid: null, password: () => 'opensesame' };
const RESPONSE = Buffer.from('\0ann\0opensesame').toString('base64');

/** A client that keeps what it is told to send. @param answers  by how many commands came before; nothing: OK */
function aClient(capabilities: readonly string[], answers: readonly (string | null)[] = []) {
  const sent: string[] = [];
  const client: Executes = {
    capabilities: new Map(capabilities.map((name) => [name, true])),
    async exec(command, attributes) {
      const answer = answers[sent.length];
      sent.push([command, ...attributes.map(({ value }) => value)].join(' '));
      if (answer) throw Object.assign(new Error('Command failed'), { responseStatus: answer });
      return {};
    },
  };
  respondAtOnce(client, LOGIN);
  return { client, sent };
}

const plain = [{ type: 'ATOM', value: 'PLAIN' }];

it('sends the response on the line of the command where the server takes that', async () => {
  const { client, sent } = aClient(['SASL-IR']);
  await client.exec('AUTHENTICATE', plain);
  expect(sent).toEqual([`AUTHENTICATE PLAIN ${RESPONSE}`]);
});

it('names the user to act as', async () => {
  const { client, sent } = aClient(['SASL-IR']);
  respondAtOnce(client, { ...LOGIN, user: 'admin', authzid: 'ann' });
  await client.exec('AUTHENTICATE', plain);
  expect(sent).toEqual([`AUTHENTICATE PLAIN ${Buffer.from('ann\0admin\0opensesame').toString('base64')}`]);
});

it('waits for the server’s word where it announced nothing', async () => {
  const { client, sent } = aClient(['AUTH=PLAIN']);
  await client.exec('AUTHENTICATE', plain);
  expect(sent).toEqual(['AUTHENTICATE PLAIN']);
});

it('asks in the long way a server that takes the line for a mistake', async () => {
  const { client, sent } = aClient(['SASL-IR'], ['BAD']);
  await client.exec('AUTHENTICATE', plain);
  expect(sent).toEqual([`AUTHENTICATE PLAIN ${RESPONSE}`, 'AUTHENTICATE PLAIN']);
});

it('tries a wrong password once', async () => {
  const { client, sent } = aClient(['SASL-IR'], ['NO']);
  await expect(client.exec('AUTHENTICATE', plain)).rejects.toMatchObject({ responseStatus: 'NO' });
  expect(sent).toHaveLength(1);
});

it('leaves every other command as it is', async () => {
  const { client, sent } = aClient(['SASL-IR']);
  await client.exec('AUTHENTICATE', [{ type: 'ATOM', value: 'LOGIN' }]);
  await client.exec('CAPABILITY', []);
  expect(sent).toEqual(['AUTHENTICATE LOGIN', 'CAPABILITY']);
});

it('is how a session logs in', async () => {
  const server = await aServer({ accounts: { ann: { password: 'opensesame' } } });
  let written = '';
  const { wire } = await openSession({
    side: 'source',
    endpoint: nightBatch({ users: ['ann'], now: 0 }).source,
    trust: { ca: null, fingerprint: null },
    login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret('opensesame') } },
    connect: () => {
      const line = server.connect('plain');
      const write = line.write.bind(line);
      line.write = ((chunk: Buffer | string, ...rest: never[]) => {
        written += chunk.toString();
        return write(chunk, ...rest);
      }) as typeof line.write;
      return line;
    },
    clock: systemClock,
    onNotice: () => {},
  });
  wire.drop(new Error('the test is over'));
  expect(written).toContain(`AUTHENTICATE PLAIN ${RESPONSE}\r\n`);
});
