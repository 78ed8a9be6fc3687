import { describe, expect, it } from 'vitest';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { AnswerOf, CommandOf, EngineCommand, Granted } from '../../../src/protocol/commands.js';
import { Feed } from '../../../src/ui/model/feed.js';
import { NOW } from '../support/a-batch.js';
import { ManualClock, turn } from '../support/manual-clock.js';
import { someErrors } from '../support/some-errors.js';

describe('what is asked for while somebody looks at it', () => {
  const ofAnn: CommandOf<'errors'> = { do: 'errors', mailbox: 'ann' };
  const read = ({ errors }: Granted<'errors'>) => errors;

  it('is asked for again when it may be another, and never faster than once a second', async () => {
    const clock = new ManualClock(NOW);
    const asked: EngineCommand[] = [];
    const ask = async (command: CommandOf<'errors'>): Promise<AnswerOf<'errors'>> => {
      asked.push(command);
      return { ok: true, errors: someErrors() };
    };
    const feed = new Feed<readonly ErrorGroupEntity[], 'errors'>(ask, clock, read, ofAnn);
    await clock.pass(5_000);
    expect(asked).toEqual([]);
    const stop = feed.subscribe(() => undefined);
    await turn();
    expect(asked).toEqual([ofAnn]);
    expect(feed.told().known).toHaveLength(3);
    for (let i = 0; i < 50; i++) feed.changed();
    await clock.pass(900);
    expect(asked).toHaveLength(1);
    await clock.pass(200);
    expect(asked).toHaveLength(2);
    stop();
    feed.changed();
    await clock.pass(5_000);
    expect(asked).toHaveLength(2);
  });

  it('stays to be read when the engine is gone', async () => {
    let answer: AnswerOf<'errors'> = { ok: true, errors: someErrors() };
    const clock = new ManualClock(NOW);
    const feed = new Feed<readonly ErrorGroupEntity[], 'errors'>(async () => answer, clock, read, ofAnn);
    feed.subscribe(() => undefined);
    await turn();
    answer = { ok: false, why: 'the connection to the engine broke' };
    await clock.pass(1_000);
    feed.changed();
    await turn();
    expect(feed.told()).toEqual({ known: someErrors(), asked: ofAnn, trouble: 'the connection to the engine broke' });
  });

  it('is asked for anew when the question changes, and says which question was answered', async () => {
    const clock = new ManualClock(NOW);
    const asked: string[] = [];
    const ask = async (command: CommandOf<'errors'>): Promise<AnswerOf<'errors'>> => {
      const filter = command.filter ?? '';
      asked.push(filter);
      return filter === 'kidn:x' ? { ok: false, why: 'no such field' } : { ok: true, errors: someErrors() };
    };
    const of = (filter: string): CommandOf<'errors'> => ({ do: 'errors', mailbox: null, filter, by: 'code' });
    const feed = new Feed<readonly ErrorGroupEntity[], 'errors'>(ask, clock, read, of(''));
    feed.subscribe(() => undefined);
    await turn();
    feed.turnTo(of('kid'));
    await clock.pass(140);
    feed.turnTo(of('kidn:x'));
    await clock.pass(150);
    expect(asked).toEqual(['', 'kidn:x']);
    expect(feed.told()).toMatchObject({ asked: of(''), trouble: 'no such field' });
    expect(feed.told().known).toHaveLength(3);
    feed.turnTo(of('kidn:x'));
    feed.turnTo(of('kind:quota'));
    await clock.pass(150);
    expect(asked).toEqual(['', 'kidn:x', 'kind:quota']);
    expect(feed.told()).toMatchObject({ asked: of('kind:quota'), trouble: null });
  });
});
