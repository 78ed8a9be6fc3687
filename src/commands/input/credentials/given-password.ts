import { CredentialMissing, Secret } from '../../../engine/imap/session/credentials.js';
import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Endpoint, PlanRow } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import type { Environment, Prompts, Timing } from '../../process/io.js';
import { commandFor, runCredentialCommand } from './credential-command.js';
import { takeFromEnvironment } from './gather-credentials.js';
import { splitWords } from './shell-words.js';

export interface PasswordWanted {
  readonly side: Side;
  readonly row: PlanRow;
  readonly endpoint: Endpoint;
  /** The command after `--password-command`; null: none was given. */
  readonly command: string | null;
}

/**
 * One password of one mailbox: from a command, the environment, or a hidden prompt.
 *
 * @throws BadInput  where there is none
 */
export async function givenPassword(
  { side, row, endpoint, command }: PasswordWanted,
  io: Prompts & Environment & Timing,
): Promise<Secret> {
  const fromEnvironment = takeFromEnvironment(side, io);
  if (command !== null) return await printedBy(command, side, row, io);
  if (fromEnvironment) return fromEnvironment;
  if (io.askHidden === null)
    throw new BadInput(
      `${row.email}: no ${side} password; give --password-command or NIGHTFERRY_${side.toUpperCase()}_PASSWORD`,
    );
  const answer = await io.askHidden(`Password for ${row.email} at ${showEndpoint(endpoint)} (${side}): `);
  if (answer === '') throw new BadInput(`${side}: no password was given`);
  return new Secret(answer);
}

async function printedBy(command: string, side: Side, row: PlanRow, io: Environment & Timing): Promise<Secret> {
  try {
    const argv = commandFor(splitWords(command, '--password-command'), side, row);
    return await runCredentialCommand(argv, side, `--password-command for ${row.email}`, io);
  } catch (error) {
    throw error instanceof CredentialMissing ? new BadInput(error.message) : error;
  }
}
