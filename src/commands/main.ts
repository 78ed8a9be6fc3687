import { Command, CommanderError, Option } from 'commander';
import { diskTroubleIn } from '../store/documents/disk-trouble.js';
import { BadInput } from '../words/bad-input.js';
import { showTimesIn } from '../words/times.js';
import { UTC } from '../words/zone.js';
import { CATALOGUE } from './catalogue.js';
import { addStartOptions, START_VALUES, type StartFlags } from './input/start-options.js';
import { usageLine } from './input/usage-error.js';
import { withExamples } from './process/command-parts.js';
import { chooseDisplay } from './process/display.js';
import { type Io, OutputClosed, type Stderr } from './process/io.js';

/**
 * The front door: arguments in, one command out.
 *
 * @param argv  without node and the script
 * @returns the exit code: 0 all settled, 1 a bug, 2 wrong usage or bad input, 3 ended with errors open,
 *          4 stopped before the end, 130 interrupted
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const { name, words } = commandFirst(argv);
  try {
    return await dispatch(words, name, io);
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      return await complain(usageLine(error, CATALOGUE.some((one) => one.name === name) ? name : null), 2, io);
    }
    if (error instanceof BadInput) return await complain(oneLine(error.message), 2, io);
    const trouble = diskTroubleIn(error);
    if (trouble) return await complain(oneLine(trouble.message), 2, io);
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return await complain(`a bug in nightferry ${io.version}: ${story}`, 1, io);
  }
}

const EXIT_CODES = `
Exit codes: 0 all settled, 1 a bug, 2 wrong usage, 3 ended with errors open, 4 stopped before the end, 130 interrupted.`;

/**
 * The command's name, and the words with it in front: `--state DIR status` is meant as `status --state DIR`.
 * Without a command the options are those of the start screen.
 */
function commandFirst(argv: readonly string[]): { readonly name: string | null; readonly words: readonly string[] } {
  const at = argv.findIndex((word, i) => !word.startsWith('-') && !START_VALUES.includes(argv[i - 1] ?? ''));
  const name = argv[at];
  return name === undefined ? { name: null, words: argv } : { name, words: [name, ...argv.toSpliced(at, 1)] };
}

async function dispatch(argv: readonly string[], name: string | null, io: Io): Promise<number> {
  let exitCode = 0;
  const said: string[] = [];
  const program = withExamples(
    new Command('nightferry')
      .description('Moves IMAP mailboxes from one server to another: nothing lost, nothing doubled.')
      .addHelpText('after', EXIT_CODES)
      .version(io.version, '--version', 'print the version')
      .helpOption('--help', 'show help')
      .helpCommand(false)
      .showSuggestionAfterError(true),
    'nightferry move imaps://ann@old.example@mail.old.example imaps://ann@mail.new.example',
    'nightferry run school.csv --source imaps://mail.old.example --destination imaps://mail.new.example',
  );
  for (const entry of CATALOGUE) {
    const command =
      entry.name === name
        ? (await entry.load()).makeCommand(io, (code) => {
            exitCode = code;
          })
        : new Command(entry.name).summary(entry.summary);
    command.helpOption('--help', 'show help');
    if (!entry.hidden) {
      for (const one of [command, ...command.commands]) {
        addZoneOption(one, io.zone);
        if (one.commands.length === 0) allowNoConfig(one);
      }
    }
    program.addCommand(command, { hidden: entry.hidden ?? false });
  }
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.exitOverride().configureOutput({ writeOut: (text) => said.push(text), writeErr: () => undefined });
  }
  if (name === null) {
    addZoneOption(program, io.zone);
    program.optionsGroup('Options of the start screen, which opens without a command:');
    addStartOptions(program).action(async (given: StartFlags) => {
      const display = chooseDisplay(given, io);
      if (display.kind === 'console') exitCode = await (await import('./start.js')).start(display, given, program, io);
      else {
        await io.err.write(program.helpInformation());
        exitCode = 2;
      }
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } finally {
    if (said.length > 0) await io.out.write(said.join(''));
  }
  return exitCode;
}

/** Times are local, and the engine's, which has no operator, are UTC. */
function addZoneOption(command: Command, zone: string): void {
  command
    .option('--utc', 'show times in UTC, not in local time; JSON has milliseconds since 1970')
    .hook('preAction', (_, acting) => showTimesIn(acting.opts<{ utc?: true }>().utc ? UTC : zone));
}

/** A command that reads no configuration takes `--no-config`, too: the help of the program lists it. */
function allowNoConfig(command: Command): void {
  if (command.options.some(({ long }) => long === '--no-config')) return;
  command.addOption(new Option('--no-config').hideHelp());
}

/** Control characters of a file name or an argument must not reach the terminal either. */
function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

async function complain(line: string, exitCode: number, io: Stderr): Promise<number> {
  // Nobody reads stderr: the exit code still tells.
  await io.err.write(`nightferry: ${line}\n`).catch(() => undefined);
  return exitCode;
}
