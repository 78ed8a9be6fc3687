import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBudgets } from '../../../../src/commands/input/limits/budget-text.js';
import { readLimits } from '../../../../src/commands/input/limits/limit-options.js';
import { givenLimits } from '../../../../src/commands/input/limits/limits-again.js';
import { NO_LIMITS } from '../../../../src/store/batch/limits.js';

const MB = 1024 ** 2;

describe('budgets', () => {
  it.each([
    ['2000MB/day', [{ of: 'account', unit: 'bytes', most: 2_000 * MB }]],
    ['10000 messages/day', [{ of: 'account', unit: 'messages', most: 10_000 }]],
    [
      '1.5G/day, 50GB/day/endpoint',
      [
        { of: 'account', unit: 'bytes', most: 1.5 * 1024 * MB },
        { of: 'endpoint', unit: 'bytes', most: 50 * 1024 * MB },
      ],
    ],
    ['none', []],
  ])('reads %s', (text, budgets) => expect(parseBudgets(text, '--source-budget')).toEqual(budgets));

  it.each(['', '2000MB', '2000MB/week', 'many/day', '0 messages/day', '5 letters/day', '1G/day,2G/day'])(
    'refuses %j naming the option',
    (text) => expect(() => parseBudgets(text, '--source-budget')).toThrow(/^--source-budget: /),
  );
});

describe('a profile is given', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nf-profile-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const read = (profile: string) => readLimits({ profile }, 'destination', undefined, dir);
  const file = async (text: string) => {
    await writeFile(join(dir, 'own.json'), text);
    return read('own.json');
  };

  it('by its name', async () => {
    expect((await read('m365')).profile).toEqual({ name: 'm365', overrides: {} });
  });

  it('by a file that puts single values in place of it', async () => {
    const given = '{"profile": "m365", "message-bytes": "150M", "connections-of-login": 4, "line-octets": "none"}';
    expect((await file(given)).profile).toEqual({
      name: 'm365',
      overrides: { messageBytes: 150 * MB, connectionsOfLogin: 4, lineOctets: null },
    });
  });

  it.each([
    ['nothing', /^--destination-profile: gone\.json is neither a profile .* nor a file$/],
    ['{', /^--destination-profile own\.json: is not JSON/],
    ['{"profile": "hotmail"}', /own\.json: profile: a profile is expected: m365, gmail/],
    ['{"message-bytes": "much"}', /own\.json: message-bytes: a size is expected, like 35M, or none$/],
    ['{"connections-of-login": 0.5}', /connections-of-login: a whole number is expected, or none$/],
    ['{"no-mail-names": ["Kalender", ""]}', /no-mail-names\.1: a name is expected$/],
    ['{"size": 3}', /size: no such value; there are profile, message-bytes/],
  ])('refuses %s by its path', async (text, message) => {
    await expect(text === 'nothing' ? read('gone.json') : file(text)).rejects.toThrow(message);
  });
});

it('takes the lesser of both rates for an endpoint', async () => {
  expect((await readLimits({ rate: '1M' }, 'source', '4M', '/')).rate).toBe(MB);
  expect((await readLimits({}, 'source', '4M', '/')).rate).toBe(4 * MB);
  await expect(readLimits({ rate: 'fast' }, 'source', undefined, '/')).rejects.toThrow(/^--source-rate: /);
});

it('keeps in a later run what was not given anew', () => {
  const before = { profile: { name: 'gmail', overrides: {} }, budgets: [], rate: 7 };
  expect(givenLimits(before, NO_LIMITS, {})).toEqual(before);
  expect(givenLimits(before, { ...NO_LIMITS, rate: 9 }, { budget: 'given' })).toEqual({
    ...before,
    budgets: null,
    rate: 9,
  });
});
