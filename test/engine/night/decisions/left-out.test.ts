import { describe, expect, it } from 'vitest';
import { answer, hang, when } from '../../../../demo/server/index.js';
import { MemoryDisk } from '../../../../src/store/documents/memory-disk.js';
import type { ActionRequest } from '../../../../src/words/decision.js';
import { aNight, type Night } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { expectSameMail } from '../../../support/same-mail.js';
import { MINUTE } from '../../../support/trouble.js';
import {
  appended,
  attended,
  decide,
  entity,
  failedUids,
  inbox,
  preview,
  refusing,
  there,
  through,
  undo,
} from './deciding.js';

const SKIP: ActionRequest = { do: 'skip', why: 'viruses' };

/** A night whose destination refuses two of ten messages; the operator skips them, and the engine is killed. */
async function skippedAndKilled(): Promise<Night> {
  const night = await aNight(inbox(10));
  night.destination.goesWrong(...refusing(3, 7));
  const running = attended(night);
  await through(night, running);
  await decide(night, running, SKIP);
  running.kill();
  return night;
}

describe('a skip', () => {
  it('leaves out what was shown, and the batch is settled; taken back, it counts as failed again', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 4, 7));
    const running = attended(night);
    await through(night, running);
    expect(entity(running).counts).toMatchObject({ copied: 7, failed: 3, skipped: 0, left: 0 });

    const { shown, decision } = await decide(night, running, SKIP, { filter: 'code:CANNOT' });
    expect(shown).toMatchObject({ uids: 3, mailboxes: 1, folders: 1, about: 'CANNOT' });
    expect(decision).toMatchObject({ id: 1, uids: 3, undoable: true });
    expect(entity(running)).toMatchObject({ errors: 0, counts: { copied: 7, failed: 0, skipped: 3, left: 0 } });

    expect(await undo(night, running, 1)).toMatchObject({ ok: true });
    expect(entity(running)).toMatchObject({ errors: 3, counts: { copied: 7, failed: 3, skipped: 0 } });
    expect(await undo(night, running, 1)).toMatchObject({ ok: false });

    await decide(night, running, SKIP, { filter: 'code:CANNOT', uids: '3:4' });
    expect(entity(running)).toMatchObject({ errors: 1, counts: { failed: 1, skipped: 2 } });
  });

  it('stands after a kill: a resume neither copies nor counts what was left out, and the end is a good one', async () => {
    const night = await skippedAndKilled();
    night.destination.goesWrong();
    const before = appended(night);
    expect(await night.run()).toBe(0);
    expect(appended(night)).toBe(before);
    expect(there(night)).toBe(8);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 8, skipped: 2, failed: 0, left: 0 });
    expect((await night.ledger('INBOX')).skips).toMatchObject([{ by: 'decision 1', why: 'viruses' }]);
  });

  it('that is taken back is copied by the next run', async () => {
    const night = await skippedAndKilled();
    const second = attended(night);
    await through(night, second);
    await undo(night, second, 1);
    second.kill();
    night.destination.goesWrong();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is void when the folder was made anew at the source: its UIDs mean other messages', async () => {
    const night = await skippedAndKilled();
    night.destination.goesWrong();
    const folder = night.source.account('ann').folder('INBOX') ?? expect.unreachable();
    folder.uidValidity += 1;
    await night.run();
    await night.run();
    expectSameMail(night);
  });
});

describe('a mailbox that is given up', () => {
  const GIVE_UP = { do: 'give-up', mailboxes: ['ann'], why: 'left in June', by: 'eva' } as const;
  const twoBoxes = { mailboxes: ['ann', 'bob'], ...inbox(6) };

  it('needs nobody, and the batch that waited for it ends well; the verdict still counts what was not copied', async () => {
    const night = await aNight(twoBoxes);
    night.destination.goesWrong(...refusing(3, 4));
    const running = attended(night);
    await through(night, running);
    await through(night, running, 'bob');
    expect(running.engine.status().batch).toMatchObject({ needs: 2, errors: 4 });
    expect(await night.clock.until(running.engine.command(GIVE_UP))).toMatchObject({
      ok: true,
      decision: { id: 1, about: 'ann@night.example', action: { do: 'give-up', why: 'left in June' }, undoable: true },
    });
    expect(entity(running)).toMatchObject({
      state: { kind: 'given-up', by: 'eva', reason: 'left in June' },
      errors: 0,
      cause: null,
    });
    expect(running.engine.status().batch).toMatchObject({ needs: 1, errors: 2, leftOut: { accepted: 0, givenUp: 2 } });
    // Nothing of it is open in the groups, and no order is about it.
    expect(await failedUids(night, running)).toEqual([]);
    expect((await preview(night, running, SKIP)).mailboxes).toBe(1);
    expect(await night.clock.until(running.engine.command(GIVE_UP))).toMatchObject({ ok: false });
    expect(await night.clock.until(running.engine.command({ do: 'start', mailbox: 'ann' }))).toMatchObject({
      ok: false,
      why: 'ann@night.example is given up: undo that decision',
    });
    await night.clock.until(running.engine.command({ ...GIVE_UP, mailboxes: ['bob@night.example'] }));
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('at work settles what is in flight, is not tried again after a kill, and is copied when that is undone', async () => {
    const night = await aNight(inbox(6));
    night.destination.goesWrong(when('APPEND', hang()));
    const running = attended(night);
    await night.clock.passes(MINUTE);
    expect(entity(running).state.kind).toBe('copying');
    await night.clock.until(running.engine.command(GIVE_UP));
    running.kill();
    night.destination.goesWrong();

    const again = night.start({ atRest: true });
    again.engine.attend();
    await night.clock.passes(MINUTE);
    expect(entity(again).state).toMatchObject({ kind: 'given-up', reason: 'left in June' });
    expect(there(night)).toBe(0);
    await undo(night, again, 1);
    await through(night, again);
    again.kill();
    expectSameMail(night);
    expect(await night.run()).toBe(0);
  });
});

describe('a failure of no message that is accepted', () => {
  it('is open no more, and the batch that waited for that only ends though its operator is there', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(10), Work: [] }) });
    night.source.goesWrong(when('EXAMINE', answer('NO [CANNOT] Broken'), { folder: 'Work' }));
    const running = attended(night);
    await through(night, running);
    expect(entity(running).errors).toBe(1);
    await decide(night, running, SKIP);
    expect(entity(running).errors).toBe(0);
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it.each([
    ['CREATE at the destination', 'destination', 'CREATE', 'Old'],
    ['EXAMINE at the source', 'source', 'EXAMINE', 'Old'],
  ] as const)(
    'leaves the mail of its folder uncopied, which is said first and is no good end: %s',
    async (_, side, command, folder) => {
      const night = await aNight({ mail: () => ({ INBOX: letters(10), Old: letters(3, 'old') }) });
      night[side].goesWrong(when(command, answer('NO [CANNOT] Not this one'), { folder }));
      const running = attended(night);
      await through(night, running);
      expect(entity(running)).toMatchObject({
        state: {
          kind: 'incomplete',
          left: 3,
          because: { key: 'short', by: [{ kind: 'left', messages: 3, folders: 1 }] },
        },
        errors: 1,
        counts: { copied: 10, left: 3 },
      });
      const { shown } = await decide(night, running, SKIP);
      expect(shown.warnings).toContain('3 messages in 1 folder stay uncopied.');
      expect(await night.clock.until(running.done)).toBe(3);
      // As they are on the disk: looked at again, they are no more settled than they were.
      const again = night.start({ atRest: true });
      const leave = again.engine.attend();
      await night.clock.passes(1_000);
      expect(entity(again)).toMatchObject({ errors: 0, counts: { copied: 10, left: 3 } });
      leave();
      expect(await night.clock.until(again.done)).toBe(3);
    },
  );
});

describe('a decision that cannot be written down', () => {
  it('is none; it is said why, and the same one can be given again', async () => {
    class FullDisk extends MemoryDisk {
      isFull = false;

      override async create(path: string, text: string): Promise<void> {
        if (this.isFull && path.includes('decisions'))
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        await super.create(path, text);
      }
    }
    const disk = new FullDisk();
    const night = await aNight({ ...inbox(10), disk });
    night.destination.goesWrong(...refusing(3, 7));
    const running = attended(night);
    await through(night, running);
    const shown = await preview(night, running, SKIP);
    const command = { do: 'decide', preview: shown.id, by: 'the operator' } as const;
    disk.isFull = true;
    expect(await night.clock.until(running.engine.command(command))).toEqual({
      ok: false,
      why: expect.stringMatching(
        /^nothing was decided: .*decisions\.json: the disk is full \(ENOSPC\)\. Make room there$/,
      ),
    });
    expect(entity(running).errors).toBe(2);
    disk.isFull = false;
    expect(await night.clock.until(running.engine.command(command))).toMatchObject({ ok: true, decision: { id: 1 } });
    expect(entity(running).errors).toBe(0);
    running.kill();
  });
});
