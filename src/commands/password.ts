import { Command, Option } from 'commander';
import type { EngineClient } from '../protocol/client.js';
import { type MailboxEntity, PROTOCOL_VERSION } from '../protocol/entities.js';
import type { PlanRow } from '../store/batch/batch.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import { endpointOf } from '../store/batch/endpoints.js';
import { BadInput } from '../words/bad-input.js';
import { SIDES, type Side } from '../words/side.js';
import { givenPassword } from './input/credentials/given-password.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from './process/command-parts.js';
import { harmless } from './process/harmless.js';
import type { Environment, Prompts, Stdout, Timing, Version } from './process/io.js';
import { reachEngine, whyNoEngine } from './reach/reach-engine.js';
import { findMailbox } from './reach/tell-engine.js';

interface PasswordFlags extends StateFlag {
  readonly mailbox: string;
  readonly side?: Side;
  readonly passwordCommand?: string;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('password')
    .summary('give a mailbox of a running batch its password')
    .description(
      'Hands a password to the engine that runs a batch, and lets the mailbox go on. It is kept in the memory of that engine and nowhere else: correct the plan, too, before the next run. A password that serves many mailboxes (a master user) is given once, for any of them.',
    )
    .argument('<name>', 'the batch')
    .requiredOption('--mailbox <mailbox>', 'by its address')
    .addOption(new Option('--side <side>', 'of this server (default: the one that refused it)').choices([...SIDES]))
    .option('--password-command <command>', 'prints the password; {email} and {user} are filled in, no shell is run')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(command),
    'nightferry password school --mailbox ann@new.example',
    "nightferry password school --mailbox ann@new.example --side source --password-command 'pass show mail/{user}'",
  );
  command.addHelpText(
    'after',
    `
Without --password-command the password is taken from NIGHTFERRY_SOURCE_PASSWORD or NIGHTFERRY_DESTINATION_PASSWORD,
else asked for, hidden, in a terminal.`,
  );
  return command.action(async (name: string, flags: PasswordFlags) => {
    await giveTo(name, flags, io);
    done(0);
  });
};

async function giveTo(
  name: string,
  flags: PasswordFlags,
  io: Stdout & Prompts & Environment & Version & Timing,
): Promise<void> {
  const store = await openBatch(name, flags, io);
  const id = findMailbox(store.batch, flags.mailbox);
  const row = store.batch.mailboxes.find((one) => one.id === id);
  const engine = await reachEngine(store, io, 'full');
  if (!engine || !row) throw new BadInput(await whyNobodyTakesIt(store));
  try {
    const { email, side } = await give(engine, store, row, flags, io);
    const text = flags.json
      ? JSON.stringify({ version: PROTOCOL_VERSION, batch: name, mailbox: id, side })
      : harmless(
          `${email} logs in at the ${side} with the password that was given; correct the plan before the next run`,
        );
    await io.out.write(`${text}\n`);
  } finally {
    engine.close();
  }
}

async function give(
  engine: EngineClient,
  store: BatchStore,
  row: PlanRow,
  flags: PasswordFlags,
  io: Prompts & Environment & Timing,
): Promise<{ readonly email: string; readonly side: Side }> {
  const { mailboxes } = await engine.status();
  const mailbox = mailboxes.find(({ id }) => id === row.id);
  const side = flags.side ?? askedSide(mailbox, row);
  const secret = await givenPassword(
    { side, row, endpoint: endpointOf(store.batch, side, row), command: flags.passwordCommand ?? null },
    io,
  );
  const answer = await engine.command({ do: 'password', mailbox: row.id, side, secret: secret.reveal() });
  if (!answer.ok) throw new BadInput(`the engine of ${store.name} says: ${answer.why}`);
  return { email: row.email, side };
}

function askedSide(mailbox: MailboxEntity | undefined, { email }: PlanRow): Side {
  const side = mailbox?.asksPassword ?? null;
  if (side === null) throw new BadInput(`${email} asks for no password; --side says whose it is`);
  return side;
}

/** A password is kept in no file, so an engine must be there to take it. */
async function whyNobodyTakesIt(store: BatchStore): Promise<string> {
  const { name } = store;
  return `${whyNoEngine(name, await store.whoRuns())}: correct the password in the plan, then \`nightferry resume ${name}\``;
}
