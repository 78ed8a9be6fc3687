import type { Command } from 'commander';

/** As commander hands it over; false for `--no-config`. */
export interface ConfigFlag {
  readonly config?: string | false;
}

export function addConfigOption(command: Command): Command {
  return command
    .option('--config <file>', 'configuration to use (default: nightferry.toml here, else in ~/.config/nightferry)')
    .option('--no-config', 'use no configuration');
}
