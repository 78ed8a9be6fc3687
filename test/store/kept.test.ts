import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Workspace } from '../../src/store/batch/workspace.js';

/** A state folder as the release 0.1.0 wrote it: five mailboxes of the demo's night, and one decision. */
const KEPT = join(import.meta.dirname, 'kept', '0.1.0');

async function keptFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nf-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(KEPT, folder, { recursive: true });
  return folder;
}

it('reads the batch, the mailboxes and the UID ledgers of 0.1.0, and writes them so that they can be read again', async () => {
  const folder = await keptFolder();
  const store = await Workspace.locate(folder, {}, '/nowhere').open('night');
  const states: Record<string, string> = {};
  let messages = 0;
  for (const id of await readdir(join(folder, 'night', 'mailboxes'))) {
    const record = await store.mailbox(id);
    states[id] = record.data.state.kind;
    for (const pair of record.data.folders) {
      const ledger = await record.ledger({ source: pair.source, destination: pair.destination });
      const { paired, unknown, failed, skipped } = ledger.counts();
      expect(paired + unknown).toBe(pair.counts.copied);
      messages += paired + unknown + failed + skipped;
      ledger.raiseFloor(ledger.floor + 1);
      await ledger.checkpoint();
    }
    await record.write();
  }
  expect(states).toEqual({
    'dave_school.example': 'synced',
    'eve_school.example': 'synced',
    'maria_school.example': 'synced',
    'olga_school.example': 'synced',
    'tom_school.example': 'held',
  });
  expect(messages).toBe(233);
  const again = await Workspace.locate(folder, {}, '/nowhere').open('night');
  const dave = await again.mailbox('dave_school.example');
  expect(dave.errors.failed('INBOX').size).toBe(2);
  const decisions = await again.decisions();
  expect(decisions.last).toBe(1);
});

it('calls a mailbox incomplete that 0.1.0 called synced although it had left messages', async () => {
  const { mailboxFrom1 } = await import('../../src/store/mailbox/mailbox-from-1.js');
  const counts = { left: 36 };
  const upgraded = mailboxFrom1({
    version: 1,
    state: { kind: 'synced', at: 7 },
    counts,
    folders: [{ settledAt: null }],
  });
  expect(upgraded).toMatchObject({ version: 2, state: { kind: 'incomplete', at: 7, left: 36 } });
});
