import { Command, Option } from 'commander';
import { profileNamed } from '../engine/profiles/find.js';
import { ALL_PROFILES } from '../engine/profiles/known/index.js';
import type { Profile } from '../engine/profiles/profile.js';
import { sanitise } from '../engine/responses/sanitise.js';
import { BadInput } from '../words/bad-input.js';
import { profileJson, profileLines } from './output/profile-text.js';
import { table } from './output/table.js';
import { type MakeCommand, withExamples } from './process/command-parts.js';
import type { Stdout } from './process/io.js';

interface ProfileFlags {
  readonly json?: boolean;
  readonly toml?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('profile')
    .summary('what is known of providers and servers')
    .description(
      'Lists the providers and servers of which something is known that they do not say, or prints one with the source and the date of each figure. Asks no server.',
    )
    .argument('[name]', 'a profile')
    .addOption(new Option('--json', 'print JSON, one object for each profile').conflicts('toml'))
    .option('--toml', 'print its values as a file for --source-profile and its twin, to be changed');
  withExamples(command, 'nightferry profile', 'nightferry profile m365', 'nightferry profile gmail --toml > ours.toml');
  return command.action(async (name: string | undefined, flags: ProfileFlags) => {
    if (flags.toml) {
      if (name === undefined) throw new BadInput('profile: --toml prints one profile: name it');
      const { profileToml } = await import('./output/profile-toml.js');
      await io.out.write(`${profileToml(find(name)).join('\n')}\n`);
      return done(0);
    }
    await print(name === undefined ? ALL_PROFILES : [find(name)], name === undefined ? 'list' : 'one', flags, io);
    done(0);
  });
};

function find(name: string): Profile {
  const profile = profileNamed(name);
  if (profile === null)
    throw new BadInput(
      `there is no profile ${sanitise(name, 40)}; there are ${ALL_PROFILES.map((one) => one.name).join(', ')}`,
    );
  return profile;
}

async function print(
  profiles: readonly Profile[],
  what: 'list' | 'one',
  { json }: ProfileFlags,
  io: Stdout,
): Promise<void> {
  const lines = json
    ? profiles.map((profile) => JSON.stringify(profileJson(profile)))
    : what === 'list'
      ? listed(profiles)
      : profiles.flatMap(profileLines);
  await io.out.write(`${lines.join('\n')}\n`);
}

function listed(profiles: readonly Profile[]): readonly string[] {
  return table(
    [
      { title: 'PROFILE', align: 'left' },
      { title: 'OF', align: 'left' },
      { title: 'KNOWN BY', align: 'left' },
    ],
    profiles.map(({ name, title, marks: { hosts, says, capabilities } }) => [
      name,
      title,
      hosts[0] ?? (says !== null ? 'what it says of itself' : (capabilities[0] ?? 'its name, where it is given')),
    ]),
  );
}
