import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/commands/input/durations.js';
import { filterText } from '../../src/commands/input/selection/filter.js';
import {
  addSelectionOptions,
  isEverything,
  readSelection,
  type SelectionFlags,
} from '../../src/commands/input/selection/options.js';
import { parseFilter } from '../../src/engine/decisions/filter.js';
import type { EntryFacts, Selection } from '../../src/words/decision.js';

function selection(...argv: string[]): Selection {
  const command = addSelectionOptions(new Command('errors')).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return readSelection(command.parse(argv, { from: 'user' }).opts<SelectionFlags>());
}

const ENTRY: EntryFacts = {
  mailbox: 'ann@new.example',
  side: 'destination',
  command: 'APPEND',
  folder: 'Old mail, 2019',
  code: 'OVERQUOTA',
  kind: 'quota',
  rule: 'code-overquota',
  response: 'NO [OVERQUOTA] Quota exceeded',
};

/** Whether the options mean an entry like ENTRY, but for this. */
const means = (argv: readonly string[], change: Partial<EntryFacts> = {}) =>
  parseFilter(selection(...argv).filter)({ ...ENTRY, ...change });

describe('which failures are meant', () => {
  it('is all, where nothing is said', () => {
    expect(isEverything(selection())).toBe(true);
    expect(isEverything(selection('--filter', ' '))).toBe(true);
    expect(isEverything(selection('--uid', '7'))).toBe(false);
    expect(isEverything(selection('--match', 'x'))).toBe(false);
  });

  it('is any of several codes, and all of what the options say together', () => {
    expect(means(['--code', 'TOOBIG,overquota'])).toBe(true);
    expect(means(['--code', 'TOOBIG', '--code', 'OVERQUOTA'])).toBe(true);
    expect(means(['--code', 'TOOBIG'])).toBe(false);
    expect(means(['--code', 'none'], { code: null })).toBe(true);
    expect(means(['--code', 'OVERQUOTA', '--kind', 'transient'])).toBe(false);
    expect(means(['--code', 'OVERQUOTA', '--side', 'dest', '--mailbox', 'ann@*', '--command', 'append'])).toBe(true);
    expect(means(['--side', 'source'])).toBe(false);
    expect(means(['--mailbox', 'bob@*', '--mailbox', 'ann@*'])).toBe(true);
    expect(means(['--command', 'UID FETCH'], { command: 'UID FETCH' })).toBe(true);
  });

  it('takes names of folders as they are, blanks, commas and all', () => {
    expect(means(['--folder', 'Old mail, 2019'])).toBe(true);
    expect(means(['--folder', 'Old mail'])).toBe(false);
    expect(means(['--folder', '!x:y'], { folder: '!x:y' })).toBe(true);
    expect(() => selection('--folder', 'a"b')).toThrow(/^--folder a"b: a quote cannot be looked for; write \* in its/);
    expect(means(['--folder', 'a*b'], { folder: 'a"b' })).toBe(true);
  });

  it('looks for TEXT as it is, also where it looks like a filter', () => {
    expect(means(['--match', 'quota exceeded'])).toBe(true);
    expect(means(['--match', 'code:OVERQUOTA'])).toBe(false);
    expect(means(['--match', 'code:x'], { response: 'NO code:X' })).toBe(true);
    expect(means(['--match', '!quota'])).toBe(false);
  });

  it("takes the console's filter besides", () => {
    expect(means(['--code', 'OVERQUOTA', '--filter', '!mailbox:ann@*'])).toBe(false);
    expect(means(['--filter', 'code:OVERQUOTA !mailbox:bob@*', '--filter', 'quota'])).toBe(true);
    expect(() => selection('--filter', 'a"', '--filter', 'b"')).toThrow(/a quote is not closed/);
  });

  it.each([
    [['--kind', 'quotta'], /kind:quotta: no such kind; there are transient, /],
    [['--side', 'left'], /side:left: no such side; there are source, destination/],
    [['--code', ''], /^--code: a value is expected/],
    [['--code', 'A,,B'], /^--code: a value is expected/],
    [['--uid', '5:x'], /"5:x" is not a set of UIDs/],
    [['--uid', ''], /^--uid: UIDs are expected/],
    [['--uid', '*'], /is not a set of UIDs/],
  ])('refuses %j in one line', (argv, why) => {
    expect(() => selection(...argv)).toThrow(why);
  });

  it('reads UIDs as IMAP writes them', () => {
    expect(selection('--uid', '9, 5:7,6').uids).toBe('5:7,9');
  });

  it('means exactly the folders that are named, whatever they are called', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/["*]/.test(text));
    const none = { code: [], kind: [], side: [], mailbox: [], command: [], match: [], filter: [] };
    fc.assert(
      fc.property(name, name, name, (one, two, other) => {
        const filter = parseFilter(filterText({ ...none, folder: [one, two] }));
        expect(filter({ ...ENTRY, folder: one })).toBe(true);
        expect(filter({ ...ENTRY, folder: two })).toBe(true);
        const same = [one, two].some((text) => text.toLowerCase() === other.toLowerCase());
        expect(filter({ ...ENTRY, folder: other })).toBe(same);
      }),
    );
  });
});

describe('times', () => {
  it.each([
    ['90s', 90],
    ['10m', 600],
    ['2h', 7_200],
    ['1d', 86_400],
    ['1h30m', 5_400],
    [' 5M ', 300],
    ['0', 0],
    ['now', 0],
  ])('reads %j', (text, seconds) => expect(parseDuration(text, '--after')).toBe(seconds));

  it.each(['', '10', '10x', '-5m', '1.5h', 'm', '5 m', '12345678s'])('refuses %j, naming the option', (text) => {
    expect(() => parseDuration(text, '--after')).toThrow(/^--after: a time is expected, like 90s, 10m, 2h or 1d/);
  });
});
