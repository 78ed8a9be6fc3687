import { Command } from 'commander';
import type { ConfigFlag } from '../input/config/config-option.js';
import { addConfigOption } from '../input/config/config-option.js';
import { type MakeCommand, withExamples } from '../process/command-parts.js';
import { checkConfig } from './check-config.js';
import { initConfig } from './init-config.js';
import { makeCommand as makeShow } from './show-config.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('config')
    .summary('look after nightferry.toml')
    .description(
      'Servers, logins, options and notices, kept in one file: nightferry.toml in this folder, else in $XDG_CONFIG_HOME/nightferry (~/.config/nightferry). What is given on a command line goes before it.',
    );
  const check = new Command('check')
    .summary('name everything that is wrong in it')
    .description('Reads the file and those it names, and prints each fault with its line and column. Sends nothing.');
  addConfigOption(check).action(async (flags: ConfigFlag) => done(await checkConfig(flags, io)));
  const init = new Command('init')
    .summary('write one to begin with')
    .description(
      'Writes a file with every key, explained, and all of them commented out. Never over one that is there.',
    )
    .argument('[file]', 'where to (default: nightferry.toml in this folder)')
    .action(async (file: string | undefined) => done(await initConfig(file ?? null, io)));
  const show = makeShow(io, done);
  for (const one of [check, init, show]) command.addCommand(one.helpOption('--help', 'show help'));
  return withExamples(command, 'nightferry config init', 'nightferry config check', 'nightferry config show');
};
