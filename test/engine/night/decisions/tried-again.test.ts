import { describe, expect, it } from 'vitest';
import { answer, delay, hang, when } from '../../../../demo/server/index.js';
import type { MailboxEntity } from '../../../../src/protocol/entities.js';
import type { ActionRequest } from '../../../../src/words/decision.js';
import { aNight } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { expectSameMail } from '../../../support/same-mail.js';
import { HOUR, MINUTE } from '../../../support/trouble.js';
import { appended, attended, decide, entity, failedUids, inbox, RETRY, refusing, through, undo } from './deciding.js';

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
      decisions: [{ standing: { places: 1, done: 1, failedAgain: 1 }, outcome: 'refused again', undoable: false }],
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
      decision: { standing: { places: 1, undone: 1 }, outcome: 'undone' },
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
      decisions: [{ standing: { first: 'failed' }, outcome: 'refused again' }],
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
    night.source.goesWrong(when('EXAMINE', answer(says), { folder: 'INBOX' }));
    await decide(night, running, RETRY);
    await night.clock.passes(MINUTE);
    expect(entity(running).state.kind).toBe('backing-off');
    night.source.goesWrong();
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
  });
});
