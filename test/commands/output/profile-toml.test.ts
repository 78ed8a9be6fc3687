import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProfileChoice } from '../../../src/commands/input/limits/profile-file.js';
import { profileToml } from '../../../src/commands/output/profile-toml.js';
import { ALL_PROFILES } from '../../../src/engine/profiles/known/index.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-profile-'));
});
afterEach(() => rm(dir, { recursive: true }));

it.each(ALL_PROFILES.map((profile) => [profile.name, profile] as const))(
  '%s, written and read again, has the values that it had, each with its source',
  async (name, profile) => {
    const text = profileToml(profile).join('\n');
    await writeFile(join(dir, 'ours.toml'), text);

    const read = await readProfileChoice('ours.toml', '--source-profile', dir);

    const values = Object.entries(profile.figures).map(([key, figure]) => [key, figure.value]);
    expect(read).toEqual({ name, overrides: Object.fromEntries(values) });
    for (const { source, date } of Object.values(profile.figures)) expect(text).toContain(`(${source}, ${date})`);
  },
);

it('names the line and the key of a mistake', async () => {
  await writeFile(join(dir, 'bad.toml'), 'profile = "gmail"\ndown-a-day = \n');
  await writeFile(join(dir, 'odd.toml'), 'down-a-night = "1M"\n');

  await expect(readProfileChoice('bad.toml', '--source-profile', dir)).rejects.toThrow(/bad\.toml, line 2: /);
  await expect(readProfileChoice('odd.toml', '--source-profile', dir)).rejects.toThrow(/down-a-night: no such value/);
});
