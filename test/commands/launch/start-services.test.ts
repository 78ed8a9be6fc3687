import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackCredentials } from '../../../src/commands/input/credentials/credential-packet.js';
import { found, testSide } from '../../../src/commands/input/endpoint/test-side.js';
import { type StartedEngines, startServices } from '../../../src/commands/launch/start-services.js';
import type { DetachedStart } from '../../../src/commands/process/io.js';
import type { Look } from '../../../src/engine/look/look-at-mailbox.js';
import { OWN } from '../../../src/store/batch/endpoints.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { systemClock } from '../../../src/words/clock.js';
import { showFingerprint } from '../../../src/words/fingerprint.js';
import { FINGERPRINT, GatedServers } from '../../support/gated-servers.js';
import { AnOperator } from '../an-operator.js';

const SECRET = 'Geheim-91ab';
const DRAFT = {
  source: { url: 'imaps://ann@old.example', password: SECRET, trust: '', application: '' },
  destination: { url: 'imaps://ann@new.example', password: 'other', trust: '', application: '' },
  scope: { chosen: null, only: '', without: '', since: '' },
};

let operator: AnOperator;
let starts: DetachedStart[];
beforeEach(async () => {
  operator = await AnOperator.atWork();
  starts = [];
});
afterEach(() => operator.goesHome());

/** Engines that end at once with this code. */
function services(exitCode: number, engines: StartedEngines = new Map()) {
  const io = operator.io();
  return startServices(
    {
      workspace: new Workspace(operator.state),
      engines,
      notices: { kept: 'counts', command: null, urls: [], when: null },
    },
    {
      startDetached: async (start) => {
        starts.push(start);
        return { pid: 1, ended: Promise.resolve({ code: exitCode, signal: null }) };
      },
      loginFacts: async () => ({
        ...{ user: '', sessionId: null, manager: null, config: '', self: null, scopes: 'missing' },
      }),
      loadConsoles: () => Promise.reject(new Error('no console is drawn here')),
    },
    io,
  );
}

describe('the start screen', () => {
  it('starts a move with the passwords that were typed, which go through the pipe only', async () => {
    expect(await services(0).move(DRAFT)).toEqual({ ok: false, why: expect.stringMatching(/is done, all settled$/) });
    const [start] = starts;
    expect(start?.argv).toEqual(['engine', expect.stringMatching(/^ann-to-ann-/), '--state', operator.state]);
    expect(JSON.stringify([start?.argv, start?.within])).not.toContain(SECRET);
    const packet = unpackCredentials(start?.input ?? '');
    expect([...(packet?.credentials.source.get(OWN)?.own.values() ?? [])].map((one) => one.reveal())).toEqual([SECRET]);
    expect([...(packet?.credentials.destination.get(OWN)?.own.values() ?? [])].map((one) => one.reveal())).toEqual([
      'other',
    ]);
    expect(packet?.batch.options.concurrency).toBe(1);
  });

  it('starts a move with what the operator trusts, and remembers it with the batch', async () => {
    const pem = await operator.writes('school.pem', '-----BEGIN CERTIFICATE-----\n');
    const trusting = {
      ...DRAFT,
      source: { ...DRAFT.source, trust: 'ab:'.repeat(31).concat('AB') },
      destination: { ...DRAFT.destination, trust: 'school.pem' },
    };
    await services(0).move(trusting);
    const packet = unpackCredentials(starts[0]?.input ?? '');
    expect(packet?.batch.source).toMatchObject({ fingerprint: 'AB'.repeat(32), ca: null });
    expect(packet?.batch.destination).toMatchObject({ fingerprint: null, ca: pem });
    const wrong = { ...trusting, source: { ...DRAFT.source, trust: 'nowhere.pem' } };
    expect(await services(0).move(wrong)).toEqual({
      ok: false,
      why: expect.stringMatching(/^source certificate: .*nowhere\.pem cannot be read/),
    });
  });

  it('makes no batch where a server cannot be reached', async () => {
    operator.probes = (side) => (side === 'source' ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' });
    expect(await services(0).move(DRAFT)).toEqual({
      ok: false,
      why: expect.stringMatching(/^source old\.example:993 refuses the connection: .* Nothing was started/),
    });
    expect(starts).toEqual([]);
    expect(await operator.stored()).toEqual([]);
  });

  it('takes the same move up again, and resumes by name, without a password: the engine asks for it', async () => {
    await services(0).move(DRAFT);
    await services(0).move(DRAFT);
    const [name] = await new Workspace(operator.state).list();
    await services(0).resume(name ?? '');
    expect(new Set(starts.map(({ argv }) => argv[1]))).toEqual(new Set([name]));
    const { credentials } = unpackCredentials(starts.at(-1)?.input ?? '') ?? expect.unreachable();
    expect(credentials.source.get(OWN)?.fallback).toEqual({ kind: 'answered-later', by: 'each mailbox' });
    expect(operator.questions).toEqual([]);
  });

  it('shows what a move would copy of the folders and days that are meant, and writes nothing', async () => {
    const servers = await GatedServers.start({ ann: 'x' });
    const trust = showFingerprint(FINGERPRINT.replaceAll(':', ''));
    const side = (of: 'source' | 'destination') => ({
      url: servers.urls[of].replace('imaps://', 'imaps://ann@'),
      password: 'x',
      application: '',
      trust,
    });
    const draft = { source: side('source'), destination: side('destination') };
    const all = await services(0).dryRun({ ...draft, scope: DRAFT.scope });
    if (!all.ok) return expect.unreachable(all.why);
    expect(all.lines.join('\n')).toMatch(/ann: \d+ of \d+ messages? to copy[\s\S]*INBOX[\s\S]*Trash[\s\S]*^dry run: /m);
    const some = await services(0).dryRun({ ...draft, scope: { ...DRAFT.scope, without: 'Trash, Junk' } });
    if (!some.ok) return expect.unreachable(some.why);
    expect(some.lines.join('\n')).toMatch(/left out: Trash/);
    const chosen = { kind: 'only', paths: ['Trash'] } as const;
    const one = await services(0).dryRun({ ...draft, scope: { ...DRAFT.scope, chosen } });
    if (!one.ok) return expect.unreachable(one.why);
    expect(one.lines.join('\n')).toMatch(/left out: .*INBOX/);
    const wrong = await services(0).dryRun({ ...draft, scope: { ...DRAFT.scope, since: 'yesterday' } });
    expect(wrong).toEqual({ ok: false, why: expect.stringContaining('--since') });
    expect(await operator.stored()).toEqual([]);
    expect(starts).toEqual([]);
    await servers.stop();
  });

  it('says what was typed wrong, and what an engine broke of', async () => {
    const wrong = await services(0).move({
      ...DRAFT,
      source: { url: 'old.example', password: 'x', trust: '', application: '' },
    });
    expect(wrong).toEqual({ ok: false, why: expect.stringMatching(/^source: a URL like imaps:/) });
    expect(starts).toEqual([]);
    expect(await services(1).move(DRAFT)).toEqual({ ok: false, why: expect.stringMatching(/did not start/) });
    expect(await services(0).resume('nothing')).toMatchObject({ ok: false });
    expect(await services(0).delete('nothing')).toMatchObject({ ok: false });
  });

  it('lists every batch, one that cannot be read too, and deletes', async () => {
    await services(0).move(DRAFT);
    await mkdir(join(operator.state, 'broken'));
    await writeFile(join(operator.state, 'broken', 'batch.json'), '{');
    const [ann, broken] = await services(0).batches();
    expect(ann).toMatchObject({ state: 'stopped', mailboxes: 1, byState: { queued: 1 }, lastAt: null });
    expect(broken).toMatchObject({ name: 'broken', state: 'unreadable', why: expect.stringContaining('batch.json') });
    expect(await services(0).delete(ann?.name ?? '')).toEqual({ ok: true });
    expect((await services(0).batches()).map(({ name }) => name)).toEqual(['broken']);
  });
});

describe('a connection test', () => {
  const world = { clock: systemClock, cwd: '/', home: '/home/op', env: {} };
  const never = new AbortController().signal;

  it('says what is wrong with what was typed, without repeating it', async () => {
    const typed = { url: `imaps://ann:${SECRET}@x`, password: 'x', trust: '', application: '' };
    const wrong = await testSide('source', typed, never, world);
    expect(wrong).toMatchObject({ ok: false, why: expect.stringContaining('a password in the URL is refused') });
    expect(JSON.stringify(wrong)).not.toContain(SECRET);
    const empty = await testSide(
      'source',
      { url: 'imaps://ann@x', password: '', trust: '', application: '' },
      never,
      world,
    );
    expect(empty).toMatchObject({ ok: false, why: 'the password is missing' });
  });

  it('shows what a server is that nobody vouches for, logs in once the operator does, and never otherwise', async () => {
    const servers = await GatedServers.start({ ann: SECRET });
    const url = servers.urls.source.replace('imaps://', 'imaps://ann@');
    const test = (trust: string) => testSide('source', { url, password: SECRET, trust, application: '' }, never, world);
    const first = await test('');
    expect(first.ok).toBe(false);
    if (first.ok) return;
    expect(first.advice).toMatch(/fingerprint|certificate/i);
    expect(JSON.stringify(first)).not.toContain(SECRET);
    expect(first.untrusted).toEqual({
      host: '127.0.0.1',
      why: 'it is signed by itself',
      certificate: {
        fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/),
        subject: expect.stringContaining('CN='),
        issuer: expect.stringContaining('CN='),
        validTo: expect.stringMatching(/GMT$/),
      },
    });
    const shown = showFingerprint(first.untrusted?.certificate.fingerprint ?? '');
    expect(await test(shown)).toMatchObject({ ok: true, folders: expect.any(Array) });
    // Another than was named is no question to the operator: it is what the name was given for.
    const other = await test(shown.replace(/^../, (pair) => (pair === '00' ? '01' : '00')));
    expect(other).toMatchObject({ ok: false, why: expect.stringContaining('FINGERPRINT_MISMATCH') });
    expect(other.ok || other.untrusted).toBeUndefined();
    expect(servers.source.commandLog.filter((line) => / (?:LOGIN|AUTHENTICATE)\b/i.test(line))).toHaveLength(1);
    await servers.stop();
  });

  it('says a fault of TLS in a sentence, and which field it is about', async () => {
    const plain = createServer((socket) => socket.on('error', () => undefined).end('* OK IMAP4rev1 without TLS\r\n'));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const url = `imaps://ann@127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const result = await testSide('source', { url, password: 'x', trust: '', application: '' }, never, world);
    plain.close();
    const why = 'the server does not speak TLS on this port: use port 993, or imap:// with port 143';
    expect(result).toEqual({ ok: false, why, advice: '', at: 'server' });
    const gone = await testSide('source', { url, password: 'x', trust: '', application: '' }, never, world);
    expect(gone).toMatchObject({ why: expect.stringContaining('the server refuses the connection'), at: 'server' });
  });

  it.each([
    ['/nowhere/ca.pem', /^source certificate: \/nowhere\/ca\.pem cannot be read \(ENOENT\)$/],
    ['~/ca.pem', /^source certificate: \/home\/op\/ca\.pem cannot be read/],
    ['ab:'.repeat(19).concat('ab'), /^source certificate: this is SHA-1; the SHA-256 fingerprint is expected$/],
  ])('says what is wrong with %j as what to trust', async (trust, why) => {
    const result = await testSide(
      'source',
      { url: 'imaps://ann@x', password: 'x', trust, application: '' },
      never,
      world,
    );
    expect(result).toMatchObject({ ok: false, why: expect.stringMatching(why) });
  });

  it('tells capabilities that count, and shows nothing of a server raw', () => {
    const look: Look = {
      software: 'Evil\u001b]0;x\u0007 IMAP',
      capabilities: new Set(['IMAP4REV1', 'LITERAL+', 'MULTIAPPEND', 'CONDSTORE']),
      ...{ folders: [], messages: 9, size: { bytes: 1_000, is: 'whole' }, large: [11e6], quota: null, deleted: 2 },
      ...{ appendLimit: 35 * 1024 ** 2, way: 'MULTIAPPEND, LITERAL+', roundTrip: 20 },
    };
    const destination = found('destination', look);
    if (!destination.ok) throw new Error(destination.why);
    expect(destination.software).not.toMatch(/[\u0000-\u001f]/);
    expect(destination.way).toBe('MULTIAPPEND, LITERAL+');
    expect(destination.notes).toHaveLength(2);
    expect(found('destination', { ...look, messages: 0, capabilities: new Set(['IMAP4REV2']) })).toMatchObject({
      notes: [],
    });
    expect(found('source', look)).toMatchObject({
      large: { over: 10 * 1024 ** 2, sizes: [11e6] },
      notes: [expect.stringMatching(/^The source marks 2 messages as \\Deleted: .*--deleted strip .* --deleted skip /)],
    });
    expect(found('source', { ...look, deleted: 0 })).toMatchObject({ notes: [] });
    expect(found('source', { ...look, deleted: null })).toMatchObject({ notes: [] });
  });
});
