import { describe, expect, it } from 'vitest';
import { answer, when } from '../../../../demo/server/index.js';
import type { Morning } from '../../../../src/protocol/answers.js';
import { needsOf } from '../../../../src/protocol/needs.js';
import { MemoryDisk } from '../../../../src/store/documents/memory-disk.js';
import { aNight } from '../../../support/night.js';
import { expectSameMail } from '../../../support/same-mail.js';
import { HOUR, MINUTE } from '../../../support/trouble.js';
import { attended, decide, failedUids, inbox, RETRY, refusing, through } from './deciding.js';

describe('what an operator sees in the morning', () => {
  it('lists what went well since they looked, and what still needs them', async () => {
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
    expect((await morning()).lines).toMatchObject([{ kind: 'copied', messages: 9 }]);
    expect(causes()).toEqual(open);
    await night.clock.until(running.engine.command({ do: 'looked', by: 'me' }));
    await night.clock.passes(MINUTE);
    expect((await morning()).lines).toEqual([]);
    expect(causes()).toEqual(open);
    await decide(night, running, RETRY);
    await through(night, running, 'bob');
    expect((await morning()).lines).toMatchObject([
      { kind: 'refused again', decision: { standing: { failedAgain: 1 } } },
      { kind: 'copied' },
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

  it('goes on with all that was broken off when it is told to continue', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    expect(running.engine.status().batch.byState.stopped).toBe(2);
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual({ ok: true });
    await night.clock.passes(HOUR);
    expectSameMail(night, 'ann');
    expectSameMail(night, 'bob');
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toMatchObject({ ok: false });
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('goes on with what was stopped also while another mailbox is at work', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    expect(await running.engine.command({ do: 'start', mailbox: 'ann@night.example' })).toEqual({ ok: true });
    const state = () => running.engine.status().batch.state;
    for (let i = 0; i < 100 && state() !== 'running'; i++) await night.clock.passes(1);
    expect(state()).toBe('running');
    expect(await running.engine.command({ do: 'continue', mailbox: null })).toEqual({ ok: true });
    await night.clock.passes(HOUR);
    expectSameMail(night, 'bob');
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('asks again for the password that a former engine was refused, and goes on with the one that is given', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], ...inbox(10) });
    night.source.account('ann').password = 'another';
    expect(await night.run()).toBe(3);
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    await night.clock.passes(MINUTE);
    const asked = () => running.engine.status().mailboxes.filter(({ asksPassword }) => asksPassword === 'source');
    const [held] = asked();
    expect(asked()).toHaveLength(1);
    expect(needsOf(running.engine.status().mailboxes)).toMatchObject([{ answer: 'password', side: 'source' }]);
    const mailbox = held?.id ?? expect.unreachable();
    expect(await running.engine.command({ do: 'password', mailbox, side: 'source', secret: 'another' })).toEqual({
      ok: true,
    });
    await night.clock.passes(HOUR);
    expect(asked()).toEqual([]);
    expectSameMail(night, 'ann');
    leave();
    expect(await night.clock.until(running.done)).toBe(0);
  });

  it('answers what was asked while it still read its files when it has read them', async () => {
    const night = await aNight(inbox(10));
    night.destination.goesWrong(...refusing(3));
    expect(await night.run()).toBe(3);
    const running = night.start({ atRest: true });
    const leave = running.engine.attend();
    const answered = await night.clock.until(running.engine.command({ do: 'morning' }));
    expect(answered).toMatchObject({ ok: true, morning: { lines: [{ kind: 'copied' }] } });
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
