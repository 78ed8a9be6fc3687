import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../src/store/batch/workspace.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.zone = 'Asia/Kathmandu';
  await operator.writes('school.csv', 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,a\n');
});
afterEach(() => operator.goesHome());

const RUN = ['run', 'school.csv', '--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
const LOCAL = /\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+05:45/;
const IN_UTC = /\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/;
const windowOf = async () => (await new Workspace(operator.state).open('school')).batch.options.window;

describe('the times of a command', () => {
  it('are local, and UTC where that is asked for', async () => {
    operator.work = (engine) => {
      engine.publish({
        type: 'log',
        line: { at: 5_000, level: 'info', mailbox: null, side: null, folder: null, text: 'looks at the source' },
      });
      engine.end(0);
    };
    expect(await operator.runs(...RUN, '--plain')).toBe(0);
    expect(operator.out.text).toMatch(LOCAL);
    expect(operator.out.text).not.toMatch(IN_UTC);
    for (const words of [['status'], ['status', 'school']]) {
      await operator.clears().runs(...words);
      expect(operator.out.text).toMatch(LOCAL);
      await operator.clears().runs(...words, '--utc');
      expect(operator.out.text).toMatch(IN_UTC);
      expect(operator.out.text).not.toMatch(LOCAL);
    }
  });
});

describe('the hours of --window', () => {
  it.each([
    ['20:00-06:00', 'Asia/Kathmandu'],
    ['20:00-06:00 europe/berlin', 'Europe/Berlin'],
    ['20:00-06:00 UTC', 'UTC'],
  ])('%s are kept with the zone %s', async (window, zone) => {
    expect(await operator.runs(...RUN, '--window', window)).toBe(0);
    expect(await windowOf()).toEqual({ from: 1200, to: 360, zone });
  });

  it('are refused in a zone that does not exist, before anything is written', async () => {
    expect(await operator.runs(...RUN, '--window', '20:00-06:00 Mars/Olympus')).toBe(2);
    expect(operator.err.text).toContain('--window: hours of the day are expected');
    expect(await operator.stored()).toEqual([]);
  });
});
