import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackCredentials } from '../../src/commands/credential-packet.js';
import type { DetachedStart } from '../../src/commands/io.js';
import { type StartedEngines, startServices } from '../../src/commands/start-services.js';
import { found, testSide } from '../../src/commands/test-side.js';
import { Workspace } from '../../src/store/workspace.js';
import { systemClock } from '../../src/words/clock.js';
import { GatedServers } from '../support/gated-servers.js';
import { AnOperator } from './an-operator.js';

const SECRET = 'Geheim-91ab';
const DRAFT = {
  source: { url: 'imaps://ann@old.example', password: SECRET },
  destination: { url: 'imaps://ann@new.example', password: 'other' },
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
    new Workspace(operator.state),
    engines,
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
    expect([...(packet?.credentials.source.own.values() ?? [])].map((one) => one.reveal())).toEqual([SECRET]);
    expect([...(packet?.credentials.destination.own.values() ?? [])].map((one) => one.reveal())).toEqual(['other']);
    expect(packet?.batch.options.concurrency).toBe(1);
  });

  it('takes the same move up again, and resumes by name, without a password: the engine asks for it', async () => {
    await services(0).move(DRAFT);
    await services(0).move(DRAFT);
    const [name] = await new Workspace(operator.state).list();
    await services(0).resume(name ?? '');
    expect(new Set(starts.map(({ argv }) => argv[1]))).toEqual(new Set([name]));
    const { credentials } = unpackCredentials(starts.at(-1)?.input ?? '') ?? expect.unreachable();
    expect(credentials.source.fallback).toEqual({ kind: 'answered-later', by: 'each mailbox' });
    expect(operator.questions).toEqual([]);
  });

  it('says what was typed wrong, and what an engine broke of', async () => {
    const wrong = await services(0).move({ ...DRAFT, source: { url: 'old.example', password: 'x' } });
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
  const world = { clock: systemClock, cwd: '/' };
  const never = new AbortController().signal;

  it('says what is wrong with what was typed, without repeating it', async () => {
    const wrong = await testSide('source', { url: `imaps://ann:${SECRET}@x`, password: 'x' }, never, world);
    expect(wrong).toMatchObject({ ok: false, why: expect.stringContaining('a password in the URL is refused') });
    expect(JSON.stringify(wrong)).not.toContain(SECRET);
    const empty = await testSide('source', { url: 'imaps://ann@x', password: '' }, never, world);
    expect(empty).toMatchObject({ ok: false, why: 'source: the password is missing' });
  });

  it('says what a line died of and what to do, here a certificate that nobody vouches for', async () => {
    const servers = await GatedServers.start({ ann: SECRET });
    const url = servers.urls.source.replace('imaps://', 'imaps://ann@');
    const result = await testSide('source', { url, password: SECRET }, never, world);
    await servers.stop();
    expect(result.ok).toBe(false);
    expect(!result.ok && result.advice).toMatch(/fingerprint|certificate/i);
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it('tells capabilities that count, and shows nothing of a server raw', () => {
    const look = {
      software: 'Evil\u001b]0;x\u0007 IMAP',
      capabilities: new Set(['IMAP4REV1', 'LITERAL+', 'MULTIAPPEND', 'CONDSTORE']),
      ...{ folders: 3, messages: 9, bytes: 1_000, quota: null, appendLimit: 35 * 1024 ** 2 },
    };
    const destination = found('destination', look);
    if (!destination.ok) throw new Error(destination.why);
    expect(destination.software).not.toMatch(/[\u0000-\u001f]/);
    expect(destination.ways).toEqual(['MULTIAPPEND', 'LITERAL+']);
    expect(destination.notes).toHaveLength(3);
    expect(found('source', look)).toMatchObject({ ways: ['CONDSTORE'], notes: [] });
  });
});
