import { beforeEach, describe, expect, it } from 'vitest';
import { handleOr } from '../../../src/protocol/commands.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import { ConsoleModel } from '../../../src/ui/model/console-model.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aCopying, aLine, aMailbox, NOW } from '../support/a-batch.js';
import { ManualClock, turn } from '../support/manual-clock.js';
import { PaperEngine } from '../support/paper-engine.js';
import { anEntry } from '../support/some-errors.js';

describe('what the console knows', () => {
  let clock: ManualClock;
  let engine: PaperEngine;
  let model: ConsoleModel;
  let changes: number;

  beforeEach(async () => {
    clock = new ManualClock(NOW);
    engine = new PaperEngine([aCopying('bob', 0.1), aCopying('ann', 0.5)]);
    engine.log = [aLine('kept by the engine', { at: NOW - 5_000 })];
    model = new ConsoleModel(engine, clock);
    changes = 0;
    model.subscribe(() => {
      changes += 1;
    });
    await model.open();
  });

  it('is the whole batch, by name, and the log that the engine kept', () => {
    const { batch, mailboxes, log, link } = model.view();
    expect(batch?.name).toBe('school-2026');
    expect(mailboxes.map(({ email }) => email)).toEqual(['ann', 'bob']);
    expect(log.map(({ text }) => text)).toEqual(['kept by the engine']);
    expect(link).toEqual({ kind: 'live' });
  });

  it('changes once for a burst of events, and not at all without one', async () => {
    const before = model.view();
    changes = 0;
    for (let i = 0; i < 100; i++) engine.say({ type: 'mailbox', mailbox: aCopying('ann', i / 100) });
    expect(model.view()).toBe(before);
    await clock.pass(150);
    expect(changes).toBe(1);
    expect(model.view().mailboxes[0]?.counts.copied).toBe(19_800);
    const after = model.view();
    await clock.pass(500);
    expect(model.view()).toBe(after);
  });

  it('keeps the list of mailboxes as it is while only the batch changes: nothing is sorted anew', async () => {
    const before = model.view().mailboxes;
    engine.say({ type: 'batch', batch: aBatch([], { errors: 7 }) });
    await clock.pass(150);
    expect(model.view().batch?.errors).toBe(7);
    expect(model.view().mailboxes).toBe(before);
  });

  it('goes by the clock of the engine, and counts the seconds on', async () => {
    expect(model.view().now).toBe(NOW);
    await clock.pass(1_000);
    expect(model.view().now).toBe(NOW + 1_000);
    engine.say({ type: 'batch', batch: aBatch([], { now: NOW + 3_600_000 }) });
    await clock.pass(150);
    expect(model.view().now).toBe(NOW + 3_600_000);
    // An event that is late on the way does not set the clock.
    engine.say({ type: 'batch', batch: aBatch([], { now: NOW + 3_600_000 - 400 }) });
    await clock.pass(1_000);
    expect(model.view().now).toBe(NOW + 3_601_000);
  });

  it('puts failures into the log where their time belongs', async () => {
    engine.say({ type: 'log', line: aLine('after', { at: NOW - 1_000 }) });
    engine.say({ type: 'failure', failure: { ...anEntry('maria', 2), at: NOW - 2_000 } });
    await clock.pass(150);
    const { log, failures } = model.view();
    expect(log.map(({ text }) => text)).toEqual([
      'kept by the engine',
      'APPEND: NO [OVERQUOTA] Quota exceeded (mailbox for user is full) (2 messages)',
      'after',
    ]);
    expect(failures).toBe(1);
  });

  it('sees the end, and that the engine is gone is no news after it', async () => {
    engine.say({ type: 'end', exitCode: 3, batch: aBatch([], { state: 'ended' }) });
    engine.die();
    await clock.pass(150);
    expect(model.view().link).toEqual({ kind: 'ended', exitCode: 3 });
    expect(model.view().batch?.state).toBe('ended');
  });

  it('sees at once that the engine died, keeps what it said last, and asks about it once', async () => {
    engine.die();
    await turn();
    expect(model.view().link).toEqual({ kind: 'gone', at: NOW });
    expect(model.view().mailboxes).toHaveLength(2);
    expect(model.mayComeUp('died')).toBe(true);
    expect(model.mayComeUp('died')).toBe(false);
  });

  it('goes on with the engine that took its place, and asks again should that one die', async () => {
    engine.die();
    await turn();
    model.mayComeUp('died');
    const next = new PaperEngine([aCopying('ann', 0.9)]);
    await model.adopt(next);
    expect(model.view().link).toEqual({ kind: 'live' });
    expect(model.view().mailboxes[0]?.counts.copied).toBe(18_000);
    next.die();
    await turn();
    expect(model.view().link.kind).toBe('gone');
    expect(model.mayComeUp('died')).toBe(true);
  });

  it('answers for an engine that throws', async () => {
    engine.command = () => Promise.reject(new Error('the connection to the engine broke'));
    expect(await model.command({ do: 'pause', mailbox: null })).toEqual({
      ok: false,
      why: 'the connection to the engine broke',
    });
  });

  it('tells the engine that somebody looked, and waits for that half a second at most', async () => {
    await model.looked('eva');
    expect(engine.orders).toEqual([{ do: 'looked', by: 'eva' }]);
    engine.command = () => new Promise(() => undefined);
    let left = 0;
    void model.looked('eva').then(() => {
      left = clock.now();
    });
    await clock.pass(2_000);
    expect(left).toBe(NOW + 500);
    engine.die();
    await turn();
    // Where there is no engine nobody is waited for.
    await model.looked('eva');
  });

  it('asks for fewer lines where many do not fit into an answer', async () => {
    const full = new PaperEngine([]);
    const asked: number[] = [];
    full.command = (command) =>
      handleOr(
        {
          log({ lines }) {
            asked.push(lines);
            return lines > 100 ? { ok: false, why: 'too large' } : { ok: true, log: [aLine('the last one')] };
          },
        },
        command,
        { ok: false, why: 'it knows its log alone' },
      );
    const other = new ConsoleModel(full, clock);
    await other.open();
    expect(asked).toEqual([2_000, 500, 100]);
    expect(other.view().log).toHaveLength(1);
  });

  it('draws nothing of a list that is not whole yet, and tells how much of it is read', async () => {
    const slow = new PaperEngine(Array.from({ length: 300 }, (_, i) => aMailbox(`box${i}`)));
    let whole: () => void = () => undefined;
    const subscribe = slow.subscribe.bind(slow);
    slow.subscribe = async (listener) => {
      await subscribe(listener);
      await new Promise<void>((resolve) => {
        whole = resolve;
      });
    };
    const other = new ConsoleModel(slow, clock);
    const opened = other.open();
    await other.known;
    await clock.pass(600);
    expect(other.view().link).toEqual({ kind: 'opening', read: 300 });
    expect(other.view().mailboxes).toEqual([]);
    whole();
    await opened;
    expect(other.view().mailboxes).toHaveLength(300);
  });

  it('has in its log what became of each mailbox, also before it came, and once', async () => {
    const history = [
      { at: NOW - 9_000, kind: 'copying', because: null },
      { at: NOW - 8_000, kind: 'backing-off', because: said('source', 'NO [UNAVAILABLE] being checked') },
    ] as const;
    const ann = aMailbox('ann', { history });
    const other = new ConsoleModel(new PaperEngine([ann]), clock);
    await other.open();
    const seen = () => other.view().log.map(({ level, mailbox, text }) => [level, mailbox, text]);
    const rests = ['warn', 'ann', 'backing off: source: NO [UNAVAILABLE] being checked'];
    expect(seen()).toEqual([rests]);
    const paper = new PaperEngine([ann]);
    const third = new ConsoleModel(paper, clock);
    await third.open();
    paper.say({ type: 'mailbox', mailbox: ann });
    const held = { at: NOW, kind: 'held', because: said('destination', 'NO [OVERQUOTA] full') } as const;
    paper.say({ type: 'mailbox', mailbox: { ...ann, history: [...history, held] } });
    await clock.pass(500);
    expect(third.view().log.map(({ text }) => text)).toEqual([rests[2], 'held: destination: NO [OVERQUOTA] full']);
  });

  describe('of an engine that greets while it still reads its mailboxes', () => {
    const three = Array.from({ length: 3 }, (_, i) => aMailbox(`box${i}`));
    let hear: (event: EngineEvent) => void = () => undefined;
    const starting = () => {
      const paper = new PaperEngine([]);
      paper.subscribe = async (listener) => {
        hear = listener;
        listener({ type: 'batch', batch: aBatch(three) });
      };
      return paper;
    };

    it('is not the whole state before all of them were told', async () => {
      const other = new ConsoleModel(starting(), clock);
      await other.open();
      expect(other.view().link).toEqual({ kind: 'opening', read: 0 });
      for (const mailbox of three) hear({ type: 'mailbox', mailbox });
      await turn();
      expect(other.view().link).toEqual({ kind: 'live' });
      expect(other.view().mailboxes).toHaveLength(3);
    });

    it('is not what the engine before it told, which died', async () => {
      const died = new PaperEngine(three);
      const other = new ConsoleModel(died, clock);
      await other.open();
      expect(other.view().link).toEqual({ kind: 'live' });
      died.die();
      await other.adopt(starting());
      expect(other.view().link).toEqual({ kind: 'opening', read: 0 });
      expect(other.view().mailboxes).toHaveLength(3);
      for (const mailbox of three) hear({ type: 'mailbox', mailbox });
      await turn();
      expect(other.view().link).toEqual({ kind: 'live' });
    });

    it('ends at once when the batch does', async () => {
      const other = new ConsoleModel(starting(), clock);
      await other.open();
      hear({ type: 'log', line: aLine('stopping') });
      hear({ type: 'end', exitCode: 4, batch: aBatch(three) });
      await turn();
      expect(other.view().link).toEqual({ kind: 'ended', exitCode: 4 });
    });
  });
});
