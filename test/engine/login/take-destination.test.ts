import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DestinationTaken, takeByMarks } from '../../../src/engine/login/take-destination.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';
import { nightBatch } from '../../support/night-batch.js';

/** How a connection reached a mailbox, and what the server showed of it. */
interface Reached {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly certificate?: string | null;
  readonly inboxId?: string | null;
  readonly uidValidity?: string | null;
}

const [ROW] = nightBatch({ users: ['ann'], now: 0 }).mailboxes;

/** Takes the mailbox from a state folder of its own, as one user of one machine. */
async function take(home: string, state: string, reached: Reached) {
  const { host = 'new.example', port = 993, user = 'ann', certificate = 'C1', inboxId = null } = reached;
  const { uidValidity = '77' } = reached;
  const statuses = new Map([['INBOX', { uidValidity }]]);
  const shown = { session: { certificate }, listing: { statuses }, inboxId };
  const workspace = Workspace.locate(join(home, state), {}, home);
  return takeByMarks(workspace, anEndpoint({ host, port }), { ...ROW!, destinationUser: user }, shown);
}

async function aHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'nf-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

describe('a destination mailbox that another state folder fills', () => {
  it.each<[string, Reached, Reached]>([
    ['another port', { certificate: null }, { certificate: null, port: 143 }],
    ['another name of the host, by its certificate', {}, { host: 'alias.example' }],
    ['another case of the login', {}, { user: 'Ann' }],
    [
      'another name and login, by MAILBOXID',
      { inboxId: 'F1' },
      { inboxId: 'F1', host: 'alias.example', user: 'ann@new.example', certificate: 'C2' },
    ],
  ])('is known by %s, until it is released', async (_, first, second) => {
    const home = await aHome();
    const lock = await take(home, 'one', first);
    await expect(take(home, 'two', second)).rejects.toThrow(DestinationTaken);
    await expect(take(home, 'two', second)).rejects.toThrow(/at alias.example|at new.example.*one at a time/);
    await lock.release();
    await (await take(home, 'two', second)).release();
    const left = await readdir(join(home, '.local/state/nightferry/.locks'));
    expect(left).toEqual([]);
  });

  it.each<[string, Reached, Reached]>([
    ['another UIDVALIDITY', {}, { uidValidity: '78' }],
    ['another user', {}, { user: 'bob' }],
    ['another server', {}, { certificate: 'C2' }],
    ['no UIDVALIDITY told', { uidValidity: null }, { uidValidity: null }],
    ['another MAILBOXID', { inboxId: 'F1' }, { inboxId: 'F2', user: 'bob' }],
  ])('is not taken for another one: %s', async (_, first, second) => {
    const home = await aHome();
    const lock = await take(home, 'one', first);
    await (await take(home, 'two', second)).release();
    await lock.release();
  });
});
