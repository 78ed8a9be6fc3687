import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { classify } from '../../src/engine/responses/classify.js';
import { Causes } from '../../src/store/errors/causes.js';
import { entryId } from '../../src/store/errors/error-ledger.js';
import { formerCauseOf } from '../../src/store/errors/response-cause.js';
import { MailboxRecord } from '../../src/store/mailbox/mailbox.js';
import { groundsText } from '../../src/words/grounds/grounds-text.js';
import { failure } from './errors/failures.js';

/**
 * Version 2 as builds of 0.2.0 wrote it that told a list of two numbers from one of three, and that stored the reason of a
 * verdict as a sentence.
 */
const KEPT = join(import.meta.dirname, 'kept', 'before-keys');

const DOVECOT = 'NO [LIMIT] Mail size is larger than the maximum size allowed by server configuration';

async function keptBatch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nf-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(KEPT, folder, { recursive: true });
  return folder;
}

const openIn = (batch: string, id: string, told: string[] = []) =>
  MailboxRecord.open(join(batch, 'mailboxes', id), id, new Causes(batch, undefined, (text) => told.push(text)));

const keyOf = ({ side, command, folder, response }: Record<string, string>) =>
  JSON.stringify([side, command, folder, formerCauseOf(response ?? '')]);

const named = ({ errors }: MailboxRecord) =>
  errors.entries.map((entry) => [entryId(entry), entry.folder, String(entry.uids)]);

describe('causes of an earlier build', () => {
  it('go on under their names, and what fails again joins them', async () => {
    const batch = await keptBatch();
    const ann = await openIn(batch, 'ann');
    const before = named(ann);
    expect(before.slice(0, 3)).toEqual([
      ['f0917070723ffe98', 'INBOX', '2,5'],
      ['152f7e922005ca53', 'INBOX', '7'],
      ['231b3b0af6b39ae3', 'Sent', '3'],
    ]);
    const [known] = ann.errors.entries;
    if (known === undefined) expect.unreachable();
    const again = { verdict: known.verdict, at: 9e12 };
    ann.errors.record(failure({ ...again, uids: [8], response: `${DOVECOT} (0.1 + 0.2 + 0.3 + 0.4 secs).` }));
    ann.errors.record(failure({ ...again, uids: [4], folder: 'Sent', response: `${DOVECOT} (0.1 secs).` }));
    expect(named(ann).slice(0, 3)).toEqual([
      ['f0917070723ffe98', 'INBOX', '2,5,8'],
      ['152f7e922005ca53', 'INBOX', '7'],
      ['231b3b0af6b39ae3', 'Sent', '3:4'],
    ]);
    // A message of the second entry leaves it for the first, and the second is closed.
    ann.errors.record(failure({ ...again, uids: [7], response: `${DOVECOT} (0.1 + 0.2 secs).` }));
    expect(named(ann).slice(0, 2)).toEqual([
      ['f0917070723ffe98', 'INBOX', '2,5,7:8'],
      ['231b3b0af6b39ae3', 'Sent', '3:4'],
    ]);
    expect(ann.errors.accept('bb29ca319afa1b10', true)).toBe(true);
    await ann.write();
    expect((await openIn(batch, 'ann')).errors.entries).toEqual(ann.errors.entries);
  });

  it('are found in the log where causes.json was lost', async () => {
    const batch = await keptBatch();
    const before = (await openIn(batch, 'bob')).errors.entries;
    await rm(join(batch, 'causes.json'));
    const told: string[] = [];
    const bob = await openIn(batch, 'bob', told);
    expect(told).toHaveLength(1);
    expect(bob.errors.entries.map(({ cause }) => cause)).toEqual(before.map(({ cause }) => cause));
    expect(bob.errors.entries.map(entryId)).toEqual(before.map(entryId));
  });

  it('say why they were read so in the sentences that it wrote', async () => {
    const batch = await keptBatch();
    const log = (await readFile(join(KEPT, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    for (const id of ['ann', 'bob']) {
      const { errors, data } = await openIn(batch, id);
      // The last of those that entered an entry is what it says.
      const written = new Map<string, string>();
      for (const line of log) {
        const { mailbox, ...event } = JSON.parse(line);
        if (mailbox === id) written.set(keyOf(event), event.verdict.reason);
      }
      expect(errors.entries.map(({ verdict }) => groundsText(verdict))).toEqual([...written.values()]);
      expect(data.trouble && groundsText(data.trouble.verdict)).toBe(
        'rule cannot-message: code CANNOT, after APPEND at the destination',
      );
    }
  });

  it('keep those sentences beside what fails now, over restarts', async () => {
    const batch = await keptBatch();
    const bob = await openIn(batch, 'bob');
    const line = 'NO [CANNOT] policy 13 of this house';
    const verdict = classify({ line, command: 'APPEND', side: 'destination' });
    bob.errors.record(failure({ folder: 'Sent', uids: [21], response: line, verdict, at: 9e12 }));
    bob.errors.record(failure({ folder: 'Sent', uids: [22], response: 'NO [ALERT] else', verdict, at: 9e12 }));
    await bob.write();
    const again = await openIn(batch, 'bob');
    expect(again.errors.entries).toEqual(bob.errors.entries);
    expect(again.errors.entries.map(({ verdict }) => verdict.grounds.key)).toEqual(
      bob.errors.entries.map(({ verdict }) => verdict.grounds.key),
    );
    expect(again.errors.entries.filter(({ verdict }) => verdict.grounds.key === 'response')).toHaveLength(2);
  });

  it('read and written, they are the same failures', async () => {
    const batch = await keptBatch();
    const ann = await openIn(batch, 'ann');
    await ann.write();
    expect((await openIn(batch, 'ann')).errors.entries).toEqual(ann.errors.entries);
    const names = async (folder: string) =>
      Object.keys(JSON.parse(await readFile(join(folder, 'causes.json'), 'utf8')).causes);
    expect(await names(batch)).toEqual(await names(KEPT));
  });
});
