import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../../../src/commands/main.js';
import type { Io } from '../../../src/commands/process/io.js';
import type { CheckServices } from '../../../src/ui/screens/check/services.js';
import { box, many, type OddServer, serve } from '../../support/odd-server.js';
import { AnOperator } from '../an-operator.js';
import { inTerminal } from '../in-terminal.js';

let operator: AnOperator;
let servers: OddServer[] = [];
beforeEach(async () => {
  operator = await AnOperator.atWork();
  servers = [
    await serve({ foldersFor: (user) => ({ INBOX: many(user.length) }) }),
    await serve({ caps: 'UIDPLUS', foldersFor: () => ({ INBOX: box() }) }),
  ];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await operator.goesHome();
});

/** A terminal in which the screen of a check is left as the test says. */
function terminal(screen: (services: CheckServices) => Promise<number>): Io {
  return inTerminal(operator, { check: ({ services }) => screen(services) });
}

async function words(): Promise<string[]> {
  const rows = ['ann', 'benn', 'carla'].map((user) => `${user}@x,${user},p,q\n`).join('');
  await operator.writes('school.csv', `EmailAddress,UserName,Password,DestinationPassword\n${rows}`);
  const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  return [
    'check',
    'school.csv',
    '--source',
    url(servers[0]!),
    '--destination',
    url(servers[1]!),
    '--insecure-plaintext',
  ];
}

const until = (services: CheckServices, wanted: string) =>
  new Promise<void>((resolve) => {
    const look = () => services.view().state === wanted && resolve();
    services.subscribe(look);
    look();
  });

it('shows the check until it is left, and prints the report then', async () => {
  let seen = '';
  const io = terminal(async (services) => {
    await until(services, 'done');
    const { done, mailboxes, messages } = services.view();
    seen = `${done} of ${mailboxes.length}, ${messages}`;
    return 0;
  });

  expect(await main(await words(), io)).toBe(0);

  expect(seen).toBe('3 of 3, 12');
  expect(operator.out.text).toMatch(/^check: 3 mailboxes looked at, 12 messages/m);
  expect(operator.err.text).not.toContain('checked 3');
});

it('who leaves it early stops it: what was found is printed, the census is kept', async () => {
  const io = terminal(async (services) => {
    services.stop();
    await until(services, 'stopped');
    return 0;
  });

  expect(await main(await words(), io)).toBe(130);

  expect(operator.out.text).toMatch(/stopped before its end/);
});

it('prints lines in a terminal, too, where that is asked for', async () => {
  const io = terminal(() => Promise.reject(new Error('no screen was wanted')));

  expect(await main([...(await words()), '--plain'], io)).toBe(0);

  expect(operator.err.text).toContain('checked 3 of 3 mailboxes');
});
