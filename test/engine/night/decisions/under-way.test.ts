import { describe, expect, it } from 'vitest';
import { answer, delay, when, whenMessage } from '../../../../demo/server/index.js';
import type { ActionRequest } from '../../../../src/words/decision.js';
import { aNight, type Night } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { expectSameMail } from '../../../support/same-mail.js';
import { MINUTE } from '../../../support/trouble.js';
import { entity, inbox, RETRY, refusing } from './deciding.js';
import { attended, decide, SLOW, SLOWLY, told, until } from './in-trouble.js';

const SKIP: ActionRequest = { do: 'skip', why: 'viruses' };

const inboxOf = (night: Night, side: 'source' | 'destination' = 'source') =>
  night[side].account('ann').folder('INBOX') ?? expect.unreachable();

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
    expect(decisions?.[0]?.standing.first).toBe('failed');
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
    expect(decisions?.[0]?.standing).toMatchObject({ first: 'failed', undone: 0 });
    running.kill();
  });
});
