import { describe, expect, it } from 'vitest';
import { answer, delay, hang, when, whenMessage } from '../../../demo/server/index.js';
import type { DecisionEntity, DecisionPreview, Morning } from '../../../src/protocol/answers.js';
import { isThrough, type MailboxEntity } from '../../../src/protocol/entities.js';
import { needsOf } from '../../../src/protocol/needs.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { type ActionRequest, EVERYTHING, type Selection } from '../../../src/words/decision.js';
import { aNight, type Night, type Running } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';
import { HOUR, MINUTE } from '../../support/trouble.js';

const VIRUS = 'NO [CANNOT] Message contains a virus';
const SKIP: ActionRequest = { do: 'skip', why: 'viruses' };
const RETRY: ActionRequest = { do: 'retry', afterSeconds: 0, treatment: 'as-is' };

/** Refuses letters with these numbers, in every mailbox. */
const refusing = (...numbers: number[]) =>
  numbers.map((n) => whenMessage(answer(VIRUS), { containing: `letter-${n}@` }));

/** An engine whose operator is there: it does not end while something waits for them. */
function attended(night: Night): Running {
  const running = night.start();
  running.engine.attend();
  return running;
}

async function through(night: Night, running: Running, user = 'ann'): Promise<void> {
  await night.clock.passes(1_000);
  for (let minutes = 0; !isThrough(entity(running, user)); minutes++) {
    if (minutes > 600) throw new Error(`${user} is ${entity(running, user).state.kind}`);
    await night.clock.passes(MINUTE);
  }
  // Consequences follow by themselves.
  await night.clock.passes(1_000);
}

function entity({ engine }: Running, user = 'ann'): MailboxEntity {
  return engine.status().mailboxes.find(({ id }) => id === user) ?? expect.unreachable(`no mailbox ${user}`);
}

const failedUids = async (night: Night, running: Running, user = 'ann') => {
  const answered = await night.clock.until(running.engine.command({ do: 'errors', mailbox: user }));
  const groups = answered.ok ? (answered.errors ?? []) : expect.unreachable(answered.why);
  return groups.flatMap(({ entries }) => entries.filter(({ count }) => count > 0).map(({ uids }) => uids));
};

async function preview(night: Night, running: Running, action: ActionRequest, selection: Partial<Selection> = {}) {
  const command = { do: 'preview', action, selection: { ...EVERYTHING, ...selection } } as const;
  const answered = await night.clock.until(running.engine.command(command));
  return answered.ok ? (answered.preview ?? expect.unreachable()) : expect.unreachable(answered.why);
}

async function decide(
  night: Night,
  running: Running,
  action: ActionRequest,
  selection: Partial<Selection> = {},
): Promise<{ readonly shown: DecisionPreview; readonly decision: DecisionEntity }> {
  const shown = await preview(night, running, action, selection);
  const answered = await night.clock.until(
    running.engine.command({ do: 'decide', preview: shown.id, by: 'the operator' }),
  );
  const decision = answered.ok ? (answered.decision ?? expect.unreachable()) : expect.unreachable(answered.why);
  return { shown, decision };
}

async function undo(night: Night, running: Running, decision: number) {
  return night.clock.until(running.engine.command({ do: 'undo', decision, by: 'the operator' }));
}

const appended = (night: Night) => night.destination.commands.filter(({ command }) => command === 'APPEND').length;
const there = (night: Night, user = 'ann') => mailIn(night.destination.account(user), 'INBOX').length;
const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });

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
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    const running = attended(night);
    await through(night, running);
    await decide(night, running, SKIP);
    running.kill();
    night.destination.goesWrong();
    const before = appended(night);
    expect(await night.run()).toBe(0);
    expect(appended(night)).toBe(before);
    expect(there(night)).toBe(8);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 8, skipped: 2, failed: 0, left: 0 });
    expect((await night.ledger('INBOX')).skips).toMatchObject([{ by: 'decision 1', why: 'viruses' }]);
  });

  it('that is taken back is copied by the next run', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    const first = attended(night);
    await through(night, first);
    await decide(night, first, SKIP);
    first.kill();
    const second = attended(night);
    await through(night, second);
    await undo(night, second, 1);
    second.kill();
    night.destination.goesWrong();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is void when the folder was made anew at the source: its UIDs mean other messages', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    const running = attended(night);
    await through(night, running);
    await decide(night, running, SKIP);
    running.kill();
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
      decision: { id: 1, do: 'give-up', text: 'give up ann@night.example: left in June', undoable: true },
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

describe('a retry', () => {
  it('tries what failed in this run once more, and only that', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    night.destination.goesWrong(...refusing(3, 7));
    const running = attended(night);
    await through(night, running);
    await through(night, running, 'bob');
    night.destination.goesWrong();
    const before = appended(night);
    const { shown } = await decide(night, running, RETRY, { filter: 'mailbox:ann@*', uids: '3' });
    expect(shown).toMatchObject({ uids: 1, mailboxes: 1 });
    await through(night, running);
    expect(appended(night) - before).toBe(1);
    expect(await failedUids(night, running)).toEqual(['7']);
    await decide(night, running, RETRY);
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('of what is refused again waits for the operator again, and is not tried over and over', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    const running = attended(night);
    await through(night, running);
    const before = appended(night);
    await decide(night, running, RETRY);
    await through(night, running);
    await night.clock.passes(5 * HOUR);
    expect(appended(night) - before).toBe(1);
    const answered = await running.engine.command({ do: 'decisions' });
    expect(answered).toMatchObject({
      ok: true,
      decisions: [{ standing: 'tried, 1 failed again', outcome: 'refused again', undoable: false }],
    });
  });

  it('after a time waits for it, can be undone until then, and outlives a kill', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    const first = attended(night);
    await through(night, first);
    night.destination.goesWrong();
    const later: ActionRequest = { do: 'retry', afterSeconds: 7200, treatment: 'as-is' };
    await decide(night, first, later, { uids: '3' });
    await decide(night, first, later, { uids: '7' });
    expect(await undo(night, first, 2)).toMatchObject({
      ok: true,
      decision: { standing: 'undone', outcome: 'undone' },
    });
    const before = appended(night);
    await night.clock.passes(90 * MINUTE);
    expect(appended(night)).toBe(before);
    first.kill();
    const second = attended(night);
    await night.clock.passes(20 * MINUTE);
    // A resume tries what failed; what rests by decision is left alone until its time.
    expect(await failedUids(night, second)).toEqual(['3']);
    await night.clock.passes(20 * MINUTE);
    expect(await night.clock.until(second.done)).toBe(0);
    expectSameMail(night);
  });

  it('is taken up by a mailbox that is at work', async () => {
    const mail = () => ({ INBOX: letters(10), Work: letters(40, 'work', { bytes: 60_000 }) });
    const night = await aNight({ mail, options: { memory: 300_000 } });
    night.destination.goesWrong(...refusing(3), when('APPEND', delay(MINUTE), { folder: 'Work' }));
    const running = attended(night);
    await night.clock.passes(30_000);
    expect(entity(running).state.kind).not.toBe('synced');
    night.destination.goesWrong(when('APPEND', delay(MINUTE), { folder: 'Work' }));
    await decide(night, running, RETRY);
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });

  it('releases a mailbox that is held', async () => {
    const mail = [...letters(10), ...letters(30, 'large', { bytes: 5000 })];
    const night = await aNight({ mail: () => ({ INBOX: mail }) });
    night.destination.account('ann').quota = { storageBytes: 9000 };
    const running = attended(night);
    await night.clock.passes(10 * MINUTE);
    expect(entity(running).state.kind).toBe('held');
    night.destination.account('ann').quota = {};
    const { shown } = await decide(night, running, RETRY, { filter: 'kind:quota' });
    expect(shown.releases).toEqual(['ann@night.example']);
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });
});

describe('a few tried first', () => {
  const FEW: ActionRequest = { do: 'try-first', first: 3, treatment: 'as-is' };
  const bad = [2, 3, 4, 5, 6, 7, 8];

  it('lets the others follow when all of them are taken', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    night.destination.goesWrong(...refusing(...bad));
    const running = attended(night);
    await through(night, running);
    await through(night, running, 'bob');
    night.destination.goesWrong();
    const { shown } = await decide(night, running, FEW);
    expect(shown).toMatchObject({ uids: 14, firstCount: 3, mailboxes: 2 });
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
    const decided = night.log.map(({ text }) => text).filter((text) => text.startsWith('decision'));
    expect(decided.at(-1)).toBe('decision 1: the first were taken, the rest follows');
  });

  it('leaves the others alone when one of them is refused', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(...bad));
    const running = attended(night);
    await through(night, running);
    night.destination.goesWrong(...refusing(3));
    await decide(night, running, FEW);
    await through(night, running);
    await night.clock.passes(HOUR);
    expect(await failedUids(night, running)).toEqual(['3,5:8']);
    const answered = await running.engine.command({ do: 'decisions' });
    expect(answered).toMatchObject({
      decisions: [{ standing: expect.stringContaining('refused again'), outcome: 'refused again' }],
    });
  });

  it('goes on after a kill where it stood', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(...bad));
    const running = attended(night);
    await through(night, running);
    night.destination.goesWrong(when('APPEND', hang()));
    await decide(night, running, FEW);
    await night.clock.passes(MINUTE);
    running.kill();
    night.destination.goesWrong();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('a raised backoff', () => {
  it('lets a mailbox rest so many times longer', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired, try again later')));
    const running = attended(night);
    await night.clock.passes(MINUTE);
    const { until } = entity(running).state as Extract<MailboxEntity['state'], { kind: 'backing-off' }>;
    await decide(night, running, { do: 'backoff', factor: 3, seconds: null }, { filter: 'code:UNAVAILABLE' });
    const { state } = entity(running);
    expect(state).toMatchObject({ kind: 'backing-off', until: night.clock.now() + (until - night.clock.now()) * 3 });
    running.kill();
  });
});

describe('a release', () => {
  it('is of mailboxes that are held, and of no others', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(4) });
    night.source.goesWrong(when('AUTHENTICATE', answer('NO [AUTHENTICATIONFAILED] Wrong'), { times: 1 }));
    const running = attended(night);
    await night.clock.passes(MINUTE);
    const held = night.users.filter((user) => entity(running, user).state.kind === 'held');
    expect(held).toHaveLength(1);
    const { shown } = await decide(night, running, { do: 'release' });
    expect(shown).toMatchObject({ mailboxes: 1, releases: [`${held[0]}@night.example`] });
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });
});

describe('an operator’s word on a response', () => {
  it('counts from then on, and until it is removed', async () => {
    const night = await aNight(inbox(4));
    const says = 'NO Computer says no';
    night.source.goesWrong(when('EXAMINE', answer(says), { folder: 'INBOX', times: 1 }));
    const running = attended(night);
    await through(night, running);
    const errors = await running.engine.command({ do: 'errors', mailbox: null });
    const [group] = errors.ok ? (errors.errors ?? []) : [];
    const [entry] = group?.entries ?? [];
    expect(entry).toMatchObject({ response: says, verdict: { kind: 'folder' } });
    const name = entry?.id ?? '';
    const refused = await running.engine.command({ do: 'correct', entry: name, kind: 'missing', by: 'me' });
    expect(refused).toMatchObject({ ok: false, why: expect.stringContaining('missing') });
    expect(
      await night.clock.until(running.engine.command({ do: 'correct', entry: name, kind: 'mailbox-state', by: 'me' })),
    ).toMatchObject({ ok: true, corrections: [{ id: '1', kind: 'mailbox-state', by: 'me' }] });
    night.source.goesWrong(when('EXAMINE', answer(says), { folder: 'INBOX', times: 1 }));
    await decide(night, running, RETRY);
    await night.clock.passes(MINUTE);
    expect(entity(running).state.kind).toBe('backing-off');
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });
});

describe('what an operator sees in the morning', () => {
  it('is what went well since they looked, and what needs them for as long as it does', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    night.source.goesWrong(when('AUTHENTICATE', answer('NO [AUTHENTICATIONFAILED] Wrong'), { times: 1 }));
    night.destination.goesWrong(...refusing(3));
    const running = attended(night);
    await night.clock.passes(HOUR);
    const morning = async (): Promise<Morning> => {
      const answered = await running.engine.command({ do: 'morning' });
      return answered.ok ? (answered.morning ?? expect.unreachable()) : expect.unreachable(answered.why);
    };
    const causes = () =>
      needsOf(running.engine.status().mailboxes).map(({ cause, messages, mailboxes }) => [
        cause?.code,
        messages,
        mailboxes.length,
      ]);
    const open = [
      ['AUTHENTICATIONFAILED', null, 1],
      ['CANNOT', 1, 1],
    ];
    expect((await morning()).lines).toMatchObject([{ tone: 'good', text: '9 messages copied' }]);
    expect(causes()).toEqual(open);
    await night.clock.until(running.engine.command({ do: 'looked', by: 'me' }));
    await night.clock.passes(MINUTE);
    expect((await morning()).lines).toEqual([]);
    expect(causes()).toEqual(open);
    await decide(night, running, RETRY);
    await through(night, running, 'bob');
    expect((await morning()).lines).toMatchObject([
      { tone: 'new', text: expect.stringContaining('1 failed again') },
      { tone: 'good' },
    ]);
    running.kill();
  });
});

describe('a batch that is opened to be looked at', () => {
  it('starts nothing by itself, tries what it is told to, and ends when its operator leaves', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    night.destination.goesWrong(...refusing(3, 7));
    expect(await night.run()).toBe(3);
    night.destination.goesWrong();
    const logins = () => night.source.commands.filter(({ command }) => command === 'AUTHENTICATE').length;
    const before = logins();
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    await night.clock.passes(3 * HOUR);
    expect(running.engine.status().batch.state).toBe('waiting');
    expect(await failedUids(night, running)).toEqual(['3,7']);
    expect(logins()).toBe(before);
    await decide(night, running, RETRY, { filter: 'mailbox:bob@*' });
    await night.clock.passes(MINUTE);
    expectSameMail(night, 'bob');
    expect(await failedUids(night, running)).toEqual(['3,7']);
    leave();
    expect(await night.clock.until(running.done)).toBe(3);
  });

  it('answers what was asked while it still read its files when it has read them', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    const answered = await night.clock.until(running.engine.command({ do: 'morning' }));
    expect(answered).toMatchObject({ ok: true, morning: { lines: [{ tone: 'good' }] } });
    leave();
    expect(await night.clock.until(running.done)).toBe(3);
  });

  it('answers nothing, and writes nothing down, where its files cannot be read', async () => {
    class SpoiltDisk extends MemoryDisk {
      spoilt = false;
      override async read(path: string): Promise<string | null> {
        return this.spoilt && path.includes('decisions') ? '{ broken' : super.read(path);
      }
    }
    const disk = new SpoiltDisk();
    const night = await aNight({ disk, ...inbox(2) });
    expect(await night.run()).toBe(0);
    disk.spoilt = true;
    const { engine, done } = night.start({ atRest: true });
    const ended = expect(done).rejects.toThrow(/decisions\.json.* cannot be used/s);
    const asked = Promise.all([
      engine.command({ do: 'errors', mailbox: null }),
      engine.command({ do: 'morning' }),
      engine.command({ do: 'looked', by: 'me' }),
    ]);
    for (const answer of await night.clock.until(asked)) expect(answer).toMatchObject({ ok: false });
    await ended;
    expect(await disk.names(`${night.dir}/night`)).not.toContain('decisions.json');
  });

  it('tells of a mailbox that cannot be read, and never that nothing failed in it', async () => {
    const disk = new MemoryDisk();
    const night = await aNight({ disk, ...inbox(2) });
    expect(await night.run()).toBe(0);
    const file = `${night.dir}/night/mailboxes/ann/mailbox.json`;
    disk.files.set(file, '{ broken');
    disk.files.delete(file.replace('mailbox.json', 'mailbox.prev.json'));
    const { engine, done } = night.start({ atRest: true });
    const asked = Promise.all([engine.command({ do: 'errors', mailbox: null }), engine.command({ do: 'morning' })]);
    const [errors, morning] = await night.clock.until(asked);
    expect(errors).toMatchObject({
      ok: true,
      errors: [{ failures: 1, entries: [{ response: expect.stringContaining(file) }] }],
    });
    expect(morning).toMatchObject({ ok: true });
    expect(engine.status().batch.errors).toBe(1);
    expect(await night.clock.until(done)).toBe(3);
    expect(disk.files.get(file)).toBe('{ broken');
  });

  it('ends when nobody comes', async () => {
    const night = await aNight(inbox(2));
    expect(await night.run()).toBe(0);
    expect(await night.clock.until(night.start({ atRest: true }).done)).toBe(0);
  });
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
