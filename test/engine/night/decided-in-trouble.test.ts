import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answer, delay, when, whenMessage } from '../../../demo/server/index.js';
import type { EngineCommand, Granted } from '../../../src/protocol/commands.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import { type ActionRequest, EVERYTHING, type Selection } from '../../../src/words/decision.js';
import { aNight, type Night, type Running } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR, MINUTE } from '../../support/trouble.js';

const RETRY: ActionRequest = { do: 'retry', afterSeconds: 0, treatment: 'as-is' };
const SKIP: ActionRequest = { do: 'skip', why: 'viruses' };

/** Refuses letters with these numbers. */
const refusing = (...numbers: number[]) =>
  numbers.map((n) => whenMessage(answer('NO [CANNOT] Message contains a virus'), { containing: `letter-${n}@` }));
const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });

function entity({ engine }: Running, user = 'ann'): MailboxEntity {
  return engine.status().mailboxes.find(({ id }) => id === user) ?? expect.unreachable(`no mailbox ${user}`);
}

async function told<C extends EngineCommand>(night: Night, { engine }: Running, command: C): Promise<Granted<C['do']>> {
  const answered = await night.clock.until(engine.command(command));
  return answered.ok ? answered : expect.unreachable(answered.why);
}

async function decide(night: Night, running: Running, action: ActionRequest, selection: Partial<Selection> = {}) {
  const { preview } = await told(night, running, { do: 'preview', action, selection: { ...EVERYTHING, ...selection } });
  const { decision } = await told(night, running, { do: 'decide', preview: preview?.id ?? '', by: 'the operator' });
  return { shown: preview, decision: decision ?? expect.unreachable() };
}

async function until(night: Night, running: Running, kind: MailboxEntity['state']['kind'], user = 'ann') {
  await night.clock.passes(1_000);
  for (let seconds = 0; entity(running, user).state.kind !== kind; seconds++) {
    if (seconds > 3_000) throw new Error(`${user} is ${entity(running, user).state.kind}`);
    await night.clock.passes(1_000);
  }
}

function attended(night: Night): Running & { leave: () => void } {
  const running = night.start();
  return { ...running, leave: running.engine.attend() };
}

/** A mailbox that is at work for an hour, its INBOX done at once. */
const SLOW = {
  mail: () => ({ INBOX: letters(10), Work: letters(40, 'work', { bytes: 60_000 }) }),
  options: { memory: 300_000 },
};
const SLOWLY = when('APPEND', delay(MINUTE), { folder: 'Work' });

const inboxOf = (night: Night, side: 'source' | 'destination' = 'source') =>
  night[side].account('ann').folder('INBOX') ?? expect.unreachable();

describe('a mailbox that is paused', () => {
  it('when the engine is killed does not keep one open that was opened to be looked at', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'] });
    night.destination.goesWrong(SLOWLY);
    const running = attended(night);
    await night.clock.passes(5_000);
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    await until(night, running, 'paused');
    await night.clock.passes(5_000);
    running.kill();
    const looked = night.start({ atRest: true });
    const leave = looked.engine.attend();
    await night.clock.passes(MINUTE);
    expect(entity(looked).state.kind).toBe('stopped');
    leave();
    expect(await night.clock.until(looked.done)).toBe(4);
  });

  it('stays so whatever is decided about its failures, and follows when it is continued', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'] });
    night.destination.goesWrong(...refusing(3, 7), SLOWLY);
    const running = attended(night);
    await night.clock.passes(12_000);
    await told(night, running, { do: 'pause', mailbox: 'bob' });
    await until(night, running, 'paused', 'bob');
    await until(night, running, 'synced');
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    await night.clock.passes(MINUTE);
    expect(entity(running, 'bob').state.kind).toBe('paused');
    await told(night, running, { do: 'continue', mailbox: 'bob' });
    expect(await night.clock.until(running.done)).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  /** Its rest is longer by now than any test waits. */
  const pausedInRest = async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = attended(night);
    await night.clock.passes(36 * MINUTE);
    const { attempts, state } = entity(running);
    expect(state.kind).toBe('backing-off');
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    return { night, running, attempts, state };
  };

  it('in a rest starts at once when it is continued, if a retry was decided meanwhile', async () => {
    const { night, running, attempts } = await pausedInRest();
    await decide(night, running, RETRY);
    await night.clock.passes(5_000);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    await night.clock.passes(MINUTE);
    expect(entity(running).attempts).toBe(attempts + 1);
    running.kill();
  });

  it('in a rest goes on with it when it is continued, if a retry was decided for later', async () => {
    const { night, running, state } = await pausedInRest();
    await decide(night, running, { do: 'retry', afterSeconds: 20 * 3600, treatment: 'as-is' });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(entity(running).state).toEqual(state);
    running.kill();
  });

  it('in a rest rests longer when it is continued, if that was decided meanwhile', async () => {
    const { night, running, attempts, state } = await pausedInRest();
    await decide(night, running, { do: 'backoff', factor: null, seconds: 7200 });
    const until = night.clock.now() + 2 * HOUR;
    expect(entity(running).state.kind).toBe('paused');
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(entity(running).state).toEqual({ ...state, until });
    await night.clock.passes(2 * HOUR - MINUTE);
    expect(entity(running).attempts).toBe(attempts);
    await night.clock.passes(2 * MINUTE);
    expect(entity(running).attempts).toBe(attempts + 1);
    running.kill();
  });

  it('and continued while that is still being written down is at work once', async () => {
    const night = await aNight({ ...SLOW, disk: 'real' });
    night.destination.goesWrong(SLOWLY);
    const running = attended(night);
    await night.clock.passes(2_000);
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    const passed = night.clock.passes(2 * MINUTE);
    while (entity(running).state.kind !== 'paused') await setImmediate();
    const continued = await running.engine.command({ do: 'continue', mailbox: 'ann' });
    expect(continued).toEqual({ ok: true });
    await passed;
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
    const { passes } = (await night.record()).data;
    expect(passes).toHaveLength(2);
    expect(passes[0]?.endedAt).not.toBeNull();
  });
});

describe('a mailbox that is paused in its last moments', () => {
  /** One letter is refused, the others are stored and being read back when the pause comes. */
  const inItsLastMoments = async () => {
    const night = await aNight(inbox(5));
    night.destination.goesWrong(...refusing(3), when('UID FETCH', delay(MINUTE)));
    const running = attended(night);
    await night.clock.passes(30_000);
    expect(entity(running)).toMatchObject({ state: { kind: 'verifying' }, errors: 1 });
    await told(night, running, { do: 'pause', mailbox: 'ann' });
    return { night, running };
  };

  it('comes to its end, and takes a decision then as any other', async () => {
    const { night, running } = await inItsLastMoments();
    await until(night, running, 'synced');
    const continued = await running.engine.command({ do: 'continue', mailbox: 'ann' });
    expect(continued).toEqual({ ok: false, why: 'ann@night.example is not paused: it is synced' });
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });

  it('stays paused at its end if something was decided before that', async () => {
    const { night, running } = await inItsLastMoments();
    night.destination.goesWrong();
    await decide(night, running, RETRY);
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts: 1 });
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });
});

describe('a mailbox whose rest is still being written down', () => {
  const resting = async () => {
    const night = await aNight({ ...inbox(4), disk: 'real' });
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = attended(night);
    const passed = night.clock.passes(2_000);
    while (running.engine.status().mailboxes[0]?.state.kind !== 'backing-off') await setImmediate();
    return { night, running, passed };
  };

  it('is paused when that is said', async () => {
    const { night, running, passed } = await resting();
    expect(await running.engine.command({ do: 'pause', mailbox: 'ann' })).toEqual({ ok: true });
    await passed;
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'paused' }, attempts: 1 });
    night.source.isWell();
    await told(night, running, { do: 'continue', mailbox: 'ann' });
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('is stopped when that is said', async () => {
    const { night, running, passed } = await resting();
    expect(await running.engine.command({ do: 'stop', mailbox: 'ann', how: 'drain' })).toEqual({ ok: true });
    await passed;
    await night.clock.passes(HOUR);
    expect(entity(running)).toMatchObject({ state: { kind: 'stopped' }, attempts: 1 });
    running.kill();
  });
});

describe('a retry in a mailbox that is held', () => {
  it('tries what was selected and what was never tried, and nothing else that was refused', async () => {
    const night = await aNight(inbox(40));
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Message contains a virus')));
    const running = attended(night);
    await until(night, running, 'held');
    expect(entity(running).counts).toMatchObject({ failed: 25, left: 15 });
    night.destination.goesWrong();
    const { shown } = await decide(night, running, RETRY, { uids: '7' });
    expect(shown).toMatchObject({ uids: 1, releases: ['ann@night.example'] });
    await until(night, running, 'synced');
    expect(entity(running).counts).toMatchObject({ copied: 16, failed: 24, left: 0 });
    running.kill();
  });
});

describe('a retry after a time', () => {
  const LATER: ActionRequest = { do: 'retry', afterSeconds: 7200, treatment: 'as-is' };

  it('keeps nobody from its turn', async () => {
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob'], options: { ...SLOW.options, concurrency: 1 } });
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    night.source.fill('ann', { Work: letters(40, 'new', { bytes: 60_000 }) });
    night.source.fill('bob', { INBOX: letters(10, 'new') });
    night.destination.goesWrong(...refusing(3), SLOWLY);
    const running = attended(night);
    await night.clock.passes(10_000);
    expect(entity(running, 'bob').state.kind).toBe('queued');
    const before = entity(running, 'bob').counts.copied;
    await decide(night, running, LATER, { filter: 'mailbox:bob@*' });
    night.destination.goesWrong(...refusing(3));
    await night.clock.passes(10 * MINUTE);
    expect(entity(running, 'bob').counts.copied - before).toBe(10);
    night.destination.goesWrong();
    await night.clock.passes(2 * HOUR);
    expectSameMail(night, 'bob');
    running.kill();
  });

  it('lets no mailbox rest until then', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    night.source.fill('ann', { INBOX: letters(5, 'new') });
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired'), { times: 1 }));
    const running = attended(night);
    await night.clock.passes(10_000);
    const { state } = entity(running);
    expect(state.kind).toBe('backing-off');
    await decide(night, running, LATER, { filter: 'code:CANNOT' });
    expect(entity(running).state).toEqual(state);
    await night.clock.passes(10 * MINUTE);
    expect(entity(running).counts).toMatchObject({ copied: 14, failed: 1 });
    running.kill();
  });
});

describe('a raised backoff', () => {
  it('lets nothing rest over a day', async () => {
    const night = await aNight();
    night.source.goesWrong(
      when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired, try again in 20 hours')),
    );
    const running = attended(night);
    await night.clock.passes(MINUTE);
    await decide(night, running, { do: 'backoff', factor: 100, seconds: null });
    const until = night.clock.now() + 24 * HOUR;
    expect(entity(running).state).toMatchObject({ kind: 'backing-off', until });
    running.kill();
  });
});

describe('a source folder that was made anew', () => {
  it('leaves nothing open of the messages that were there before', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    expect(await night.run()).toBe(3);
    night.destination.goesWrong();
    const folder = inboxOf(night);
    folder.uidValidity += 1;
    for (const message of folder.messages) Object.assign(message, { uid: message.uid + 100 });
    Object.assign(folder, { uidNext: folder.uidNext + 100 });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });

  it('is copied whole, though the same UIDs were to rest', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3, 7));
    const running = attended(night);
    await until(night, running, 'synced');
    night.destination.goesWrong();
    await decide(night, running, { do: 'backoff', factor: null, seconds: 20 * 3600 });
    running.leave();
    await night.clock.until(running.done);
    inboxOf(night).uidValidity += 1;
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is sent as it is, though the same UIDs were sent otherwise', async () => {
    const mail = letters(10).map((message, at) => (at === 6 ? { ...message, flags: ['\\Flagged'] } : message));
    const night = await aNight({ mail: () => ({ INBOX: mail }) });
    night.destination.goesWrong(...refusing(7));
    const running = attended(night);
    await until(night, running, 'synced');
    night.destination.goesWrong();
    await decide(night, running, { do: 'retry', afterSeconds: 0, treatment: 'without-flags' });
    expect(await night.clock.until(running.done)).toBe(0);
    inboxOf(night).uidValidity += 1;
    const copy = inboxOf(night, 'destination');
    copy.messages.splice(0);
    copy.uidValidity += 1;
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('a skip of a message that is on its way', () => {
  it('and arrives leaves nothing out: it counts once', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    const running = attended(night);
    await until(night, running, 'synced');
    night.destination.goesWrong(whenMessage(delay(30_000), { containing: 'letter-3@' }));
    await decide(night, running, RETRY);
    await night.clock.passes(10_000);
    expect(entity(running)).toMatchObject({ state: { kind: 'copying' }, errors: 1 });
    await decide(night, running, SKIP);
    expect(entity(running)).toMatchObject({ errors: 0, counts: { copied: 9, skipped: 1, left: 0 } });
    expect(await night.clock.until(running.done)).toBe(0);
    expect(night.mailbox('ann').counts).toMatchObject({ total: 10, copied: 10, skipped: 0, failed: 0, left: 0 });
    expect(await night.errors()).toEqual([]);
    expect(await night.run()).toBe(0);
    expect(night.mailbox('ann').counts).toMatchObject({ total: 10, copied: 10, skipped: 0 });
  });

  it('and is refused can still be taken back: it is copied then', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    const running = attended(night);
    await until(night, running, 'synced');
    night.source.goesWrong(when('UID FETCH', delay(30_000)));
    await decide(night, running, RETRY);
    await night.clock.passes(10_000);
    expect(entity(running).errors).toBe(1);
    await decide(night, running, SKIP);
    await night.clock.passes(10 * MINUTE);
    night.source.goesWrong();
    expect(entity(running)).toMatchObject({ state: { kind: 'synced' }, errors: 1 });
    running.leave();
    expect(await night.clock.until(running.done)).toBe(3);
    // It follows the decision now.
    expect(await night.run()).toBe(0);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 9, skipped: 1, failed: 0, left: 0 });
    night.destination.goesWrong();
    const looked = night.start({ atRest: true });
    const leave = looked.engine.attend();
    await night.clock.passes(1_000);
    await told(night, looked, { do: 'undo', decision: 2, by: 'the operator' });
    leave();
    await night.clock.until(looked.done);
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('a few tried first', () => {
  const first = (count: number): ActionRequest => ({ do: 'try-first', first: count, treatment: 'as-is' });

  it('and taken let the others follow, though the engine was killed before it could say so', async () => {
    const mail = (user: string) => ({ INBOX: letters(10, user), Work: letters(40, 'work', { bytes: 60_000 }) });
    const night = await aNight({ ...SLOW, mailboxes: ['ann', 'bob', 'tom'], mail });
    const refused = ['ann-3@', 'bob-3@', 'tom-3@', 'tom-4@', 'tom-5@'].map((containing) =>
      whenMessage(answer('NO [CANNOT] Message contains a virus'), { containing }),
    );
    night.destination.goesWrong(...refused);
    const running = attended(night);
    for (const user of night.users) await until(night, running, 'synced', user);
    // Something new to do, so that it is at work still when its INBOX is done.
    for (const user of ['ann', 'bob']) night.source.fill(user, { Work: letters(20, 'new', { bytes: 60_000 }) });
    night.destination.goesWrong(SLOWLY);
    await decide(night, running, first(2));
    await night.clock.passes(30_000);
    const texts = night.log.map(({ text }) => text);
    expect(texts).toContain('decision 1: the first were taken, the rest follows');
    night.destination.goesWrong(...refused.slice(2), SLOWLY);
    running.kill();
    night.destination.goesWrong();
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('that cannot be tried any more leave the others alone, and it is said', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(2), Old: letters(6, 'old') }) });
    const refused = ['old-1@', 'old-2@', 'old-3@'].map((containing) =>
      whenMessage(answer('NO [CANNOT] Message contains a virus'), { containing }),
    );
    night.destination.goesWrong(...refused);
    const running = attended(night);
    await until(night, running, 'synced');
    await decide(night, running, first(1));
    running.kill();
    const second = night.start({ batch: { options: { ...night.batch.options, exclude: ['Old'] } } });
    second.engine.attend();
    await until(night, second, 'synced');
    const { decisions } = await told(night, second, { do: 'decisions' });
    expect(decisions?.[0]?.standing).toContain('the rest stays');
    second.kill();
  });

  it('and refused so often that their mailbox is held have not passed', async () => {
    const mail = [...letters(3), ...letters(20, 'large', { bytes: 5_000 })];
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail: () => ({ INBOX: mail }) });
    for (const user of night.users) night.destination.account(user).quota = { storageBytes: 3_000 };
    const running = attended(night);
    for (const user of night.users) await until(night, running, 'held', user);
    await decide(night, running, first(5), { filter: 'kind:quota mailbox:ann@*' });
    await night.clock.passes(MINUTE);
    expect(entity(running).state.kind).toBe('held');
    const { decisions } = await told(night, running, { do: 'decisions' });
    expect(decisions?.[0]?.standing).toBe('the first were refused again: the rest stays');
    running.kill();
  });
});
