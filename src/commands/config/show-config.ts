import { Command } from 'commander';
import { expectedServer } from '../../engine/profiles/find.js';
import type { KnownServer } from '../../engine/profiles/profile.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import { addFolderOptions, addPaceOptions } from '../input/batch-options.js';
import { addConfigOption, type ConfigFlag } from '../input/config/config-option.js';
import { WEBHOOKS } from '../input/config/config-schema.js';
import { ALL_TABLES, type Setting } from '../input/config/config-settings.js';
import { type Config, placesOf } from '../input/config/read-config.js';
import { withConfig } from '../input/config/with-config.js';
import { addEndpointOptions, endpointFlags, readEndpoint } from '../input/endpoint/endpoint-options.js';
import { addNoticeOptions } from '../input/notices/notice-options.js';
import { addWaitOption } from '../launch/reach-endpoints.js';
import { table } from '../output/table.js';
import type { MakeCommand } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Stderr, Stdout, Timing } from '../process/io.js';
import { type From, type Shown, shownOption } from './shown-settings.js';

interface ShowFlags extends ConfigFlag {
  readonly json?: boolean;
  readonly source?: string;
  readonly destination?: string;
}

/** Options of the command itself. */
const OWN: ReadonlySet<string> = new Set(['config', 'json', 'utc']);

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('show')
    .summary('print each value that counts, and where it comes from')
    .description(
      'Takes the options of `nightferry run` and prints, of each, the value that counts and where it comes from: the command line, a line of the file, the profile of the server, or the default. Never a secret.',
    )
    .option('--source <url>', 'as for `nightferry run`')
    .option('--destination <url>', 'as for `nightferry run`')
    .option('--json', 'print one JSON object for each');
  addWaitOption(
    addNoticeOptions(addPaceOptions(addFolderOptions(addEndpointOptions(addConfigOption(command), 'admin')))),
  );
  return command.action(async (flags: ShowFlags) => done(await showConfig(flags, command, io)));
};

async function showConfig(
  given: ShowFlags,
  command: Command,
  io: Environment & Stdout & Stderr & Timing,
): Promise<number> {
  const { flags, config, taken } = await withConfig(given, command, { tables: ALL_TABLES, webhook: 'left' }, io);
  const servers = {
    source: await expected('source', flags, io),
    destination: await expected('destination', flags, io),
  };
  const placeOf = await placer(config);
  const values: Readonly<Record<string, unknown>> = { ...flags };
  const shown = command.options
    .map((option) => ({ option: (option.long ?? '').replace(/^--(?:no-)?/, ''), flag: option.attributeName() }))
    .filter(({ flag }) => !OWN.has(flag))
    .map(({ option, flag }) => {
      const isGiven = command.getOptionValueSource(flag) === 'cli';
      const seen = { option, flag, given: isGiven ? 'given' : 'not given', value: values[flag] } as const;
      return shownOption(seen, taken, placeOf, servers);
    });
  const rows = [...shown, ...(config && values.notifyUrl === undefined ? webhookOf(config, placeOf) : [])];
  await io.out.write(
    `${(flags.json ? rows.map((row) => JSON.stringify(row)) : lines(rows, io.out.width)).join('\n')}\n`,
  );
  return 0;
}

/** The places of the URLs of notices: a URL is a secret, and is not read for this. */
function webhookOf({ written }: Config, placeOf: (setting: Setting) => string): readonly Shown[] {
  const { mail } = written.notify ?? {};
  const mails = [mail ?? []].flat().map(({ to, server }): Shown => {
    const place = placeOf({ flag: '', path: ['notify', 'mail'], value: to });
    return { option: 'notify mail', value: `${to} by ${server}`, from: { kind: 'file', place } };
  });
  const webhooks = WEBHOOKS.flatMap((key): readonly Shown[] => {
    const value = written.notify?.[key];
    if (value === undefined) return [];
    const place = placeOf({ flag: '', path: ['notify', key], value });
    return [{ option: `notify ${key}`, value, from: { kind: 'file', place } }];
  });
  return [...webhooks, ...mails];
}

async function placer(config: Config | null): Promise<(setting: Setting) => string> {
  if (config === null) return () => '';
  const placeOf = await placesOf(config);
  return ({ path }) => `${config.file}:${placeOf(path).line}`;
}

/** The server as it is expected to be; null: none is named, or it is named wrongly. */
async function expected(side: Side, flags: ShowFlags, { cwd }: Environment): Promise<KnownServer | null> {
  const url = flags[side];
  if (url === undefined) return null;
  try {
    const own = endpointFlags({ ...flags }, side);
    const given = { side, url, flags: own, insecurePlaintext: false, userMeans: 'admin', asks: 'options' } as const;
    return expectedServer(await readEndpoint({ ...given, rate: undefined }, cwd));
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}

function lines(rows: readonly Shown[], width: number | null): readonly string[] {
  const columns = ['OPTION', 'VALUE', 'FROM'].map((title) => ({ title, align: 'left' as const }));
  const cells = rows.map(({ option, value, from }) => [option, harmless(value) || '-', fromText(from)]);
  return table(columns, cells, width);
}

function fromText(from: From): string {
  switch (from.kind) {
    case 'flag':
      return 'command line';
    case 'file':
      return from.place;
    case 'profile':
      return `profile ${from.name}`;
    case 'default':
      return 'default';
  }
}
