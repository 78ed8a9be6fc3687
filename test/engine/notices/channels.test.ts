import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Channel, isTaken, mayPass, showSent } from '../../../src/engine/notices/channels/channel.js';
import { commandChannel } from '../../../src/engine/notices/channels/command-channel.js';
import { type NoticeUrl, readNoticeUrl } from '../../../src/engine/notices/channels/notice-url.js';
import { postFor } from '../../../src/engine/notices/channels/shapes.js';
import { urlChannel } from '../../../src/engine/notices/channels/url-channel.js';
import { makeNotice } from '../../../src/engine/notices/make-notice.js';
import { type Clock, systemClock } from '../../../src/words/clock.js';
import type { NoticeShape } from '../../../src/words/notice-shape.js';

const NOTICE = makeNotice({ event: 'test' }, 'school', 'school', 1_000);
const LIVE = new AbortController().signal;

/** A clock whose waits are over at once: what is late is late now. */
const impatient: Clock = { ...systemClock, sleep: async () => {} };

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let dir: string;
let server: Server;
let heard: Heard[];
/** The answer of the listener. */
let answers: (path: string) => { readonly status: number; readonly location?: string } | 'nothing';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-notices-'));
  heard = [];
  answers = () => ({ status: 200 });
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      heard.push({ method, path: url, headers, body });
      const answer = answers(url);
      if (answer === 'nothing') return;
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true });
});

const port = () => (server.address() as AddressInfo).port;

function read(text: string, shape: NoticeShape | null = null): NoticeUrl {
  const url = readNoticeUrl(text, shape);
  if (!url.ok) throw new Error(url.why);
  return url.url;
}

function posting(path: string, shape: NoticeShape = 'json', user = '', clock: Clock = systemClock): Channel {
  return urlChannel(read(`http://${user}127.0.0.1:${port()}${path}`, shape), { clock, fetch, version: '9.9.9' });
}

describe('--notify-command', () => {
  const running = (argv: readonly string[], clock: Clock = systemClock) =>
    commandChannel(argv, { clock, cwd: dir, env: { PATH: process.env.PATH } });

  it('has the notice on its standard input, as one line of JSON', async () => {
    expect(await running(['sh', '-c', 'cat > told']).send(NOTICE, LIVE)).toEqual({ kind: 'exited', code: 0 });
    const text = await readFile(join(dir, 'told'), 'utf8');
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({ ...NOTICE });
    expect(NOTICE).toMatchObject({ v: 1, event: 'test', batch: 'school', at: 1_000 });
  });

  it('may leave it unread', async () => {
    const large = { ...NOTICE, text: 'x'.repeat(2 ** 20) };
    expect(await running(['true']).send(large, LIVE)).toEqual({ kind: 'exited', code: 0 });
  });

  it('tells of its exit code, its signal, and that it is not there', async () => {
    expect(await running(['sh', '-c', 'exit 7']).send(NOTICE, LIVE)).toEqual({ kind: 'exited', code: 7 });
    expect(await running(['sh', '-c', 'kill -TERM $$']).send(NOTICE, LIVE)).toEqual({
      kind: 'killed',
      signal: 'SIGTERM',
    });
    expect(await running(['./none']).send(NOTICE, LIVE)).toEqual({ kind: 'not started', code: 'ENOENT' });
    const nul = await running(['true', 'a\u0000b']).send(NOTICE, LIVE);
    expect(nul).toEqual({ kind: 'not started', code: 'ERR_INVALID_ARG_VALUE' });
  });

  it('is killed with what it started when it takes too long', async () => {
    await writeFile(join(dir, 'slow.sh'), 'sleep 600 & echo $! > child\necho > ready\nwait\n');
    const late = new AbortController();
    const clock: Clock = {
      ...systemClock,
      // The time limit comes when the command has started its child.
      sleep: async (_, signal) => {
        while (!signal?.aborted && !late.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      },
    };
    const sent = running(['sh', 'slow.sh'], clock).send(NOTICE, LIVE);
    let child = '';
    while (child === '') child = await readFile(join(dir, 'child'), 'utf8').catch(() => '');
    late.abort();
    expect(await sent).toEqual({ kind: 'too late', seconds: 30 });
    await expectGone(Number(child));
  });

  it('is killed when the engine ends', async () => {
    const end = new AbortController();
    const sent = running(['sleep', '600']).send(NOTICE, end.signal);
    end.abort();
    expect(await sent).toEqual({ kind: 'cut short' });
  });
});

/** A process that was killed is there until its parent has read how it ended. */
async function expectGone(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null || /\) Z /.test(stat)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('--notify-url', () => {
  it('is posted the notice as JSON', async () => {
    expect(await posting('/hook?key=1').send(NOTICE, LIVE)).toEqual({ kind: 'answered', status: 200 });
    expect(heard).toMatchObject([
      {
        method: 'POST',
        path: '/hook?key=1',
        headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'nightferry/9.9.9' },
      },
    ]);
    expect(JSON.parse(heard[0]!.body)).toEqual({ ...NOTICE });
  });

  it('sends its user as a header', async () => {
    await posting('/hook', 'json', 'eva:p%40ss@').send(NOTICE, LIVE);
    expect(heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from('eva:p@ss').toString('base64')}`);
  });

  it('follows a redirect to its own host only, and only where the same POST is asked for', async () => {
    answers = (path) => (path === '/old' ? { status: 308, location: '/new' } : { status: 204 });
    expect(await posting('/old').send(NOTICE, LIVE)).toEqual({ kind: 'answered', status: 204 });
    expect(heard.map(({ path }) => path)).toEqual(['/old', '/new']);
    for (const [status, location] of [
      [308, `http://localhost:${port()}/new`],
      [308, 'http://127.0.0.1:1/new'],
      [302, '/new'],
    ] as const) {
      heard = [];
      answers = () => ({ status, location });
      expect(await posting('/old').send(NOTICE, LIVE)).toEqual({ kind: 'answered', status });
      expect(heard).toHaveLength(1);
    }
  });

  it('ends a chain of redirects', async () => {
    answers = () => ({ status: 307, location: '/again' });
    expect(await posting('/again').send(NOTICE, LIVE)).toEqual({ kind: 'answered', status: 307 });
    expect(heard).toHaveLength(4);
  });

  it('is given up when it does not answer, and when the engine ends', async () => {
    answers = () => 'nothing';
    expect(await posting('/hook', 'json', '', impatient).send(NOTICE, LIVE)).toEqual({ kind: 'too late', seconds: 10 });
    const end = new AbortController();
    const sent = posting('/hook').send(NOTICE, end.signal);
    end.abort();
    expect(await sent).toEqual({ kind: 'cut short' });
  });

  it('says why it is not reached by a code, and nothing of the URL but its host', async () => {
    const closed = urlChannel(read('http://eva:secret-1@127.0.0.1:1/secret-2?secret-3', 'json'), {
      clock: systemClock,
      fetch,
      version: '1',
    });
    const sent = await closed.send(NOTICE, LIVE);
    expect(sent).toMatchObject({ kind: 'not reached' });
    expect(`${JSON.stringify(sent)} ${closed.name} ${showSent(sent)}`).not.toMatch(/secret|eva/);
    expect(closed.name).toBe('--notify-url (127.0.0.1:1)');
  });
});

describe('a URL', () => {
  it.each([
    ['https://ntfy.sh/our-moves', 'ntfy'],
    ['https://ntfy.example.org/moves', 'ntfy'],
    ['https://hooks.slack.com/services/T0/B0/x', 'slack'],
    ['https://example.org/hook', 'json'],
    ['http://127.0.0.1:8080/', 'json'],
  ] as const)('%s is posted as %s', (text, shape) => {
    expect(read(text).shape).toBe(shape);
    expect(read(text, 'slack').shape).toBe('slack');
  });

  it.each(['secret', 'ftp://secret.example/x', 'https://', 'https://ntfy.sh/', 'https://ntfy.sh/a b'])(
    '%j is refused, and not repeated',
    (text) => {
      const url = readNoticeUrl(text, null);
      expect(url.ok).toBe(false);
      expect(JSON.stringify(url)).not.toContain('secret');
    },
  );

  it.each(['https://secret%:x@h.example/', 'smtps://u:secret%2@h.example/?to=a@b.example'])(
    '%j is refused for what cannot be decoded: no notice would ever be sent by it',
    (text) => {
      expect(readNoticeUrl(text, null)).toEqual({ ok: false, why: 'a % in its user or password is written as %25' });
      expect(readNoticeUrl(text.replace('%', '%25'), null).ok).toBe(true);
    },
  );

  it('is a secret when it is printed or stored', () => {
    expect(JSON.stringify(read('https://u:p@ntfy.sh/our-moves'))).not.toContain('our-moves');
  });
});

describe('shapes', () => {
  const news = makeNotice(
    {
      event: 'needs-you',
      cause: {
        kind: 'held',
        side: 'destination',
        code: 'OVERQUOTA',
        response: 'NO [OVERQUOTA] <full> & more',
        asks: { key: 'as-written', text: 'Make room.' },
      },
      mailboxes: 1,
      fresh: 1,
      engine: 'runs',
      examples: ["o'neil@new.example"],
      messages: 7,
    },
    'school',
    'school --state /x',
    5,
  );

  it('ntfy: the topic is in the body, and goes to the address above it', () => {
    const { to, body } = postFor(news, new URL('https://h.example/ntfy/moves?auth=x'), 'ntfy');
    expect(to.href).toBe('https://h.example/ntfy/?auth=x');
    expect(JSON.parse(body)).toEqual({
      topic: 'moves',
      title: 'school: needs you: OVERQUOTA at the destination, 1 mailbox',
      message: news.text,
      priority: 4,
      tags: ['warning'],
    });
  });

  it('slack: a text, with the three marks escaped', () => {
    const { body } = postFor(news, new URL('https://hooks.slack.com/services/x'), 'slack');
    expect((JSON.parse(body) as { text: string }).text).toContain('NO [OVERQUOTA] &lt;full&gt; &amp; more');
  });

  it('name the command that answers it, as a shell takes it', () => {
    expect(news.command).toBe("nightferry release school --state /x --mailbox 'o'\\''neil@new.example'");
    expect(news.text.split('\n').at(-1)).toBe(news.command);
  });

  it('ntfy: a long text is cut between characters', () => {
    const { body } = postFor({ ...news, text: 'ä'.repeat(5_000) }, new URL('https://ntfy.sh/moves'), 'ntfy');
    const { message } = JSON.parse(body) as { message: string };
    expect(message).toMatch(/^ä+\.\.\.$/);
    expect(Buffer.byteLength(message)).toBeLessThan(3_100);
  });
});

it('what may pass is tried again, and a refusal of the request is not', () => {
  const status = (code: number) => ({ kind: 'answered', status: code }) as const;
  expect([200, 204].map(status).every(isTaken)).toBe(true);
  expect([302, 404, 500].map(status).some(isTaken)).toBe(false);
  expect([408, 429, 500, 503].map(status).every(mayPass)).toBe(true);
  expect([302, 400, 401, 403, 404, 410].map(status).some(mayPass)).toBe(false);
});
