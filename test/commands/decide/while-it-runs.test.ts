import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionEntity, DecisionPreview } from '../../../src/protocol/answers.js';
import type { EngineCommand } from '../../../src/protocol/commands.js';
import { whileAnEngineRuns } from '../a-night.js';
import { AnOperator } from '../an-operator.js';
import { printedBy } from './printed-by.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.USER = 'eva';
});
afterEach(() => operator.goesHome());

const { stored, does, refused } = printedBy(() => operator);

describe('an order while an engine runs', () => {
  it('is given to it: seen first, then decided, by who it is', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    const preview: DecisionPreview = {
      id: 'p1',
      action: { do: 'skip', why: 'x' },
      about: 'OVERQUOTA',
      uids: 131,
      failures: 0,
      mailboxes: 2,
      folders: 3,
      behind: 4912,
      unseen: 0,
      onlyWhole: [],
      first: [],
      firstCount: 0,
      samples: [{ mailbox: 'ann@x', folder: 'IN\u001b[2JBOX', uids: '1:88', count: 88 }],
      releases: [],
      warnings: ['Take care.'],
    };
    const decision: DecisionEntity = {
      id: 12,
      at: 1,
      by: 'eva',
      action: { do: 'skip', why: 'x' },
      about: 'OVERQUOTA',
      uids: 131,
      failures: 0,
      mailboxes: 2,
      standing: { places: 3, undone: 0, done: 0, failedAgain: 0, first: null },
      outcome: 'stands',
      undoable: true,
    };
    engine.answers = (command: EngineCommand) =>
      command.do === 'preview' ? { ok: true, preview } : { ok: true, decision };
    const argv = ['skip', 'school', '--code', 'OVERQUOTA', '--why', 'x'];
    expect(await does(...argv, '--dry-run')).toEqual([
      'would skip 131 messages of OVERQUOTA in 2 mailboxes: x',
      '  ann@x IN?[2JBOX 88 messages: UID 1:88',
      '  and 2 more places',
      '4,912 more messages wait for that',
      'note: Take care.',
      'nothing was changed',
    ]);
    expect(engine.commands.map((command) => command.do)).toEqual(['preview']);
    expect(await does(...argv)).toEqual([
      'skip 131 messages of OVERQUOTA in 2 mailboxes: x (decision 12; undo: nightferry undo school 12)',
    ]);
    expect(engine.commands.slice(1)).toEqual([
      {
        do: 'preview',
        action: { do: 'skip', why: 'x' },
        selection: { filter: 'code:OVERQUOTA', groups: null, entries: null, uids: null },
      },
      { do: 'decide', preview: 'p1', by: 'eva' },
    ]);
    await does('undo', 'school', '12');
    expect(engine.commands.at(-1)).toEqual({ do: 'undo', decision: 12, by: 'eva' });
    engine.answers = () => ({ ok: false, why: 'this is too old: look again' });
    expect(await refused(...argv)).toMatch(/the engine of school says: this is too old: look again/);
    expect(engine.attending).toBe(0);
    await ends();
    expect(await stored()).toBeNull();
  });

  it('is reported as unanswered where the engine ends before it answers', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    let ended: Promise<void> = Promise.resolve();
    engine.answers = async () => {
      ended = ends();
      await ended;
      return { ok: true };
    };
    expect(await refused('undo', 'school', '1')).toMatch(
      /the engine of school ended before it answered: `nightferry decisions school` shows what was decided/,
    );
    await ended;
  });

  it('goes to the files once that has ended', async () => {
    const { ends } = await whileAnEngineRuns(operator);
    await ends();
    expect((await does('skip', 'school', '--code', 'TOOBIG', '--why', 'x'))[0]).toMatch(/\(decision 1; undo/);
  });
});
