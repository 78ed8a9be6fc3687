import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../src/store/batch/workspace.js';
import { GatedServers } from '../support/gated-servers.js';
import { Desk } from '../support/terminals.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let server: Server;
let heard: { readonly path: string; readonly body: string }[];
let status: number;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.PATH = process.env.PATH;
  heard = [];
  status = 200;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      heard.push({ path: request.url ?? '', body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await operator.goesHome();
});

const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example', '--name', 'school'];
const PASSWORDS = { NIGHTFERRY_SOURCE_PASSWORD: 's', NIGHTFERRY_DESTINATION_PASSWORD: 'd' };

function moves(...more: string[]): Promise<number> {
  Object.assign(operator.env, PASSWORDS);
  return operator.clears().runs(...MOVE, ...more);
}

const wishes = () => operator.started.at(-1)?.notices ?? null;

describe('nightferry notify test', () => {
  it('sends one notice each way and says what came back', async () => {
    const code = await operator.runs(
      ...['notify', 'test', '--notify-command', "sh -c 'cat > told'", '--notify-url', url('/hook/secret')],
    );
    expect(code).toBe(0);
    expect(operator.out.lines).toEqual([
      expect.stringMatching(/^--notify-command: taken, exit code 0, [\d.]+ s$/),
      expect.stringMatching(/^--notify-url \(127\.0\.0\.1:\d+\): taken, status 200, [\d.]+ s$/),
    ]);
    expect(JSON.parse(await readFile(join(operator.dir, 'told'), 'utf8'))).toMatchObject({ v: 1, event: 'test' });
    expect(heard.map(({ path }) => path)).toEqual(['/hook/secret']);
    expect(operator.out.text + operator.err.text).not.toContain('secret');
  });

  it('prints one JSON object where it is asked for', async () => {
    expect(await operator.runs('notify', 'test', '--notify-command', "sh -c 'exit 3'", '--json')).toBe(2);
    expect(JSON.parse(operator.out.text)).toEqual({
      version: 2,
      batch: null,
      tries: [
        {
          channel: '--notify-command',
          taken: false,
          sent: { kind: 'exited', code: 3 },
          took: expect.any(Number),
        },
      ],
    });
  });

  it('shows no password of the environment to the command', async () => {
    Object.assign(operator.env, PASSWORDS, { OTHER: 'seen' });
    expect(await operator.runs('notify', 'test', '--notify-command', "sh -c 'env > told'")).toBe(0);
    const told = await readFile(join(operator.dir, 'told'), 'utf8');
    expect(told).toContain('OTHER=seen');
    expect(told).not.toContain('NIGHTFERRY_');
  });

  it('takes the URL from the environment, out of which it goes', async () => {
    operator.env.NIGHTFERRY_NOTIFY_URL = url('/moves');
    expect(await operator.runs('notify', 'test', '--notify-shape', 'ntfy')).toBe(0);
    expect(heard[0]?.path).toBe('/');
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ topic: 'moves' });
    expect(Object.keys(operator.env)).not.toContain('NIGHTFERRY_NOTIFY_URL');
  });

  it.each([
    [['--notify-command', 'false'], /not taken, exit code 1/],
    [['--notify-command', './none'], /not taken, cannot be started \(ENOENT\)/],
    [['--notify-url', 'http://127.0.0.1:1/secret'], /not taken, not reached/],
  ])('%j ends with exit code 2', async (flags, said) => {
    expect(await operator.runs('notify', 'test', ...flags)).toBe(2);
    expect(operator.out.text).toMatch(said);
    expect(operator.out.text + operator.err.text).not.toContain('secret');
  });

  it('ends with exit code 2 where the URL refuses', async () => {
    status = 404;
    expect(await operator.runs('notify', 'test', '--notify-url', url('/secret'))).toBe(2);
    expect(operator.out.text).toMatch(/not taken, status 404/);
  });

  it.each([
    [[], 'notify: give a batch, --notify-command or --notify-url'],
    [['--notify-url', 'secret'], '--notify-url: https://host/... is expected'],
    [['--notify-command', 'a | b'], '--notify-command: it is run without a shell'],
    [['--notify-shape', 'ntfy'], '--notify-shape: there is no --notify-url'],
  ])('%j is refused in one line', async (flags, line) => {
    expect(await operator.runs('notify', 'test', ...flags)).toBe(2);
    expect(operator.err.lines).toHaveLength(1);
    expect(operator.err.text).toContain(line);
    expect(operator.err.text).not.toContain('secret');
  });

  it('of a batch uses the command that is kept, and says that the URL is not', async () => {
    expect(await moves()).toBe(0);
    const store = await new Workspace(operator.state).open('school');
    expect(await operator.clears().runs('notify', 'test', 'school')).toBe(2);
    expect(operator.err.text).toContain('nobody is told of school');
    const notices = await store.notices();
    await notices.save(
      { command: ['sh', '-c', 'cat > told'], urls: [{ host: 'ntfy.sh', shape: 'ntfy' }], when: null },
      notices.told,
    );
    expect(await operator.clears().runs('notify', 'test', 'school')).toBe(2);
    expect(operator.out.text).toMatch(/--notify-command: taken/);
    expect(operator.err.text).toMatch(/ntfy\.sh.*--notify-url or NIGHTFERRY_NOTIFY_URL/);
    expect(JSON.parse(await readFile(join(operator.dir, 'told'), 'utf8'))).toMatchObject({ batch: 'school' });
  });
});

describe('a batch of which somebody wants to be told', () => {
  it('has its command and URL given to the engine', async () => {
    expect(await moves('--notify-command', "tell 'a b'", '--notify-url', 'https://ntfy.sh/topic-1')).toBe(0);
    expect(wishes()?.wanted).toEqual({
      command: ['tell', 'a b'],
      urls: [{ host: 'ntfy.sh', shape: 'ntfy' }],
      when: null,
    });
    expect(wishes()?.channels.map(({ name }) => name)).toEqual(['--notify-command', '--notify-url (ntfy.sh)']);
    expect(wishes()?.typed).toBe('school');
  });

  it('has several URLs given to it, by option or variable, each posted to in its own shape', async () => {
    const urls = ['https://ntfy.sh/topic-1', 'https://chat.example/hook', 'smtps://mail.example/?to=ops@x.example'];
    const hosts = ['ntfy.sh', 'chat.example', 'mail.example'];
    const asked = () => wishes()?.wanted.urls.map(({ host, shape }) => `${host} ${shape}`);
    expect(await moves(...urls.flatMap((url) => ['--notify-url', url]))).toBe(0);
    expect(asked()).toEqual(['ntfy.sh ntfy', 'chat.example json', 'mail.example mail']);
    expect(wishes()?.channels.map(({ name }) => hosts.find((host) => name.includes(host)))).toEqual(hosts);
    Object.assign(operator.env, PASSWORDS, { NIGHTFERRY_NOTIFY_URL: `${urls[1]} ${urls[2]}\n` });
    expect(await operator.clears().runs('resume', 'school', '--notify-shape', 'slack')).toBe(0);
    expect(asked()).toEqual(['chat.example slack', 'mail.example mail']);
    expect(operator.env.NIGHTFERRY_NOTIFY_URL).toBeUndefined();
  });

  it('is told as before where a build that knew one URL made it', async () => {
    await moves('--notify-command', 'tell', '--notify-url', 'https://ntfy.sh/topic-1');
    const store = await new Workspace(operator.state).open('school');
    const { told } = await store.notices();
    const wanted = { command: ['tell'], url: { host: 'ntfy.sh', shape: 'ntfy' }, when: null };
    await writeFile(join(store.dir, 'notices.json'), JSON.stringify({ version: 1, wanted, told }));
    expect((await store.notices()).wanted).toEqual({
      command: ['tell'],
      urls: [{ host: 'ntfy.sh', shape: 'ntfy' }],
      when: null,
    });
  });

  it('tells nobody where nobody asked for it', async () => {
    expect(await moves()).toBe(0);
    expect(wishes()).toBeNull();
  });

  it.each(['resume', 'move'] as const)('tells again on the next %s, and says that the URL is missing', async (how) => {
    await moves();
    const store = await new Workspace(operator.state).open('school');
    const notices = await store.notices();
    await notices.save({ command: ['tell'], urls: [{ host: 'ntfy.sh', shape: 'ntfy' }], when: null }, notices.told);
    const again = (...more: string[]) => {
      Object.assign(operator.env, PASSWORDS);
      return operator.clears().runs(...(how === 'resume' ? ['resume', 'school'] : MOVE), ...more);
    };
    expect(await again()).toBe(0);
    expect(wishes()?.channels.map(({ name }) => name)).toEqual(['--notify-command']);
    expect(wishes()?.wanted.urls).toEqual([{ host: 'ntfy.sh', shape: 'ntfy' }]);
    expect(operator.err.text).toMatch(/note: notices went to ntfy\.sh/);
    operator.env.NIGHTFERRY_NOTIFY_URL = 'https://ntfy.sh/topic-1';
    expect(await again()).toBe(0);
    expect(wishes()?.channels).toHaveLength(2);
    expect(operator.err.text).not.toContain('note:');
  });

  it('is posted to as before when only the URL is given again', async () => {
    await moves();
    const store = await new Workspace(operator.state).open('school');
    const notices = await store.notices();
    await notices.save({ command: null, urls: [{ host: 'chat.example', shape: 'slack' }], when: null }, notices.told);
    for (const [env, shape] of [
      ['https://chat.example/hook', 'slack'],
      ['https://other.example/hook', 'json'],
    ] as const) {
      Object.assign(operator.env, PASSWORDS, { NIGHTFERRY_NOTIFY_URL: env });
      expect(await operator.clears().runs('resume', 'school')).toBe(0);
      expect(wishes()?.wanted.urls[0]?.shape).toBe(shape);
    }
  });

  it('tells nobody any more after --no-notify', async () => {
    await moves();
    const store = await new Workspace(operator.state).open('school');
    await (await store.notices()).save({ command: ['tell'], urls: [], when: null }, (await store.notices()).told);
    Object.assign(operator.env, PASSWORDS);
    expect(await operator.clears().runs('resume', 'school', '--no-notify')).toBe(0);
    expect(wishes()).toMatchObject({ wanted: { command: null, urls: [], when: null }, channels: [] });
  });
});

describe('a real run, without a console', () => {
  let desk: Desk;
  let servers: GatedServers;
  beforeEach(async () => {
    desk = await Desk.set();
    servers = await GatedServers.start({ ann: 'right', bob: 'another' });
    servers.openGate();
  });
  afterEach(async () => {
    await desk.clear();
    await servers.stop();
  });

  it('tells each event once, by command and URL, and the URL is nowhere', async () => {
    const plan = join(desk.dir, 'school.csv');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      plan,
      'EmailAddress,UserName,Password,DestinationPassword\nann,ann,right,right\nbob,bob,wrong,wrong\n',
    );
    const { source, destination } = servers.urls;
    const flags = ['--notify-command', "sh -c 'cat >> told'", '--notify-url', url('/topic-4711?key=0815')];
    const run = ['run', plan, '--source', source, '--destination', destination, ...servers.trust, '--stagger', '0'];
    expect(await desk.runs([...run, '--plain', ...flags]).exit).toBe(3);
    const told = heard.map(({ body }) => JSON.parse(body) as { event: string; command: string });
    expect(told.map(({ event }) => event)).toEqual(['needs-you', 'ended']);
    const lines = (await readFile(join(desk.dir, 'told'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(told);
    for (const [path, text] of await desk.written()) expect(text, path).not.toMatch(/topic-4711|0815/);

    // It is tried again in vain: only the new end is told.
    heard.length = 0;
    const env = { NIGHTFERRY_NOTIFY_URL: url('/topic-4711?key=0815') };
    expect(await desk.runs(['resume', 'school', '--plain'], env).exit).toBe(3);
    expect(heard.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['ended']);
  });

  it('is told by an engine of its own that nobody looks at, which has the URL from its pipe', async () => {
    const flags = ['--notify-url', url('/topic-4711')];
    const env = { NIGHTFERRY_SOURCE_PASSWORD: 'right', NIGHTFERRY_DESTINATION_PASSWORD: 'right' };
    const terminal = desk.runs([...servers.move('ann'), ...flags], env);
    await terminal.shows(/synced|all settled/);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
    terminal.types('q');
    expect(await terminal.exit).toBe(0);
    await terminal.text();
    expect(terminal.titles.at(-2)).toBe(`100% · ${await desk.batch()}`);
    expect(terminal.titles.at(-1)).toBe('');
    expect(heard.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['ended']);
    for (const [path, text] of await desk.written()) expect(text, path).not.toContain('topic-4711');
  });
});
