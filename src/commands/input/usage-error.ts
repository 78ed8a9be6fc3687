import type { CommanderError } from 'commander';

/**
 * Commander's complaint as one line. What follows an equals sign is left out: somebody who types
 * `--source-password=...` must not find it in a log.
 */
export function usageLine(error: CommanderError, command: string | null): string {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/(--[\w-]+)=[^']*/g, '$1')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  if (/'--(source-|destination-)?pass(word)?[0-9]?'/.test(message)) {
    return `a password on the command line is refused, ps shows it to everyone; nightferry ${command ?? 'move'} --help names other ways`;
  }
  return `${message}; see nightferry ${command === null ? '' : `${command} `}--help`;
}
