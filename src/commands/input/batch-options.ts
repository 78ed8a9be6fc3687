import { type Command, Option } from 'commander';
import {
  type BatchOptions,
  DATE_SOURCES,
  DELETED_MODES,
  LABEL_POLICIES,
  MAILBOX_ORDERS,
  MOST_WAVES,
} from '../../store/batch/batch.js';
import { BadInput } from '../../words/bad-input.js';
import { endOfDay, showDay, startOfDay } from '../../words/days.js';
import { parseDay } from './days.js';
import { parseMappings } from './folder-mapping.js';
import { parseSize } from './sizes.js';
import { parseStagger } from './stagger.js';
import { parseWindow } from './time-window.js';

/** As commander hands them over: texts, or absent. */
export interface BatchFlags {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly map?: readonly string[];
  readonly folderPrefix?: string;
  readonly includeShared?: boolean;
  readonly deleted?: string;
  readonly dates?: string;
  readonly since?: string;
  readonly until?: string;
  readonly labels?: string;
  readonly maxSize?: string;
  readonly memory?: string;
  readonly stagger?: string;
  readonly concurrency?: string;
  readonly window?: string;
  readonly order?: string;
  readonly wave?: string;
  /** False where `--no-look` was given. */
  readonly look?: boolean;
}

const LEAST_MEMORY = 1024 ** 2;
const collect = (text: string, before: readonly string[] | undefined): string[] => [...(before ?? []), text];

/** Options of `move` and `run` for what is moved, and how much memory it may take. */
export function addFolderOptions(command: Command): Command {
  return command
    .option('--include <glob>', "only folders that match, e.g. 'Archive/**' (repeatable)", collect)
    .option(
      '--exclude <glob>',
      'leave out folders that match; / parts levels, * stays in one, ** does not (repeatable)',
      collect,
    )
    .option('--map <old=new>', 'copy folder OLD, and what is below it, to NEW (repeatable)', collect)
    .option('--folder-prefix <folder>', 'put everything below this folder at the destination')
    .option('--include-shared', "shared and other users' folders, too")
    .addOption(deletedOption())
    .addOption(datesOption())
    .addOption(labelsOption())
    .option(
      '--since <day>',
      'only messages that the source received on that day or later (INTERNALDATE): 2024-01-31, local time or "2024-01-31 Europe/Berlin"',
    )
    .option('--until <day>', 'only messages that it received on that day or before')
    .option(
      '--max-size <bytes>',
      'leave out larger messages and list them as errors, e.g. 35M (default: what the destination names)',
    )
    .option('--memory <bytes>', 'message data in memory at a time, over all mailboxes (default: 128M)');
}

/** For `move`, `run` and `resume`: `resume` may choose anew, for that run. */
export const deletedOption = (): Option =>
  new Option(
    '--deleted <how>',
    'messages marked \\Deleted: carry them with that mark (default), strip it, or skip them',
  ).choices([...DELETED_MODES]);

export const datesOption = (): Option =>
  new Option(
    '--dates <which>',
    'date messages by the source’s internal date (default), or by their first Received or Date header',
  ).choices([...DATE_SOURCES]);

/** It defines what is moved where: the next run of a batch keeps to it. */
const labelsOption = (): Option =>
  new Option(
    '--labels <policy>',
    'Gmail: a message with several labels goes into the first of them (default), into all folders, or into one with its labels as keywords',
  ).choices([...LABEL_POLICIES]);

/** The options about messages that this command line gave, and no others. */
export function messageOptions({ deleted, dates }: BatchFlags): Partial<Pick<BatchOptions, 'deleted' | 'dates'>> {
  const how = DELETED_MODES.find((mode) => mode === deleted);
  const which = DATE_SOURCES.find((source) => source === dates);
  return { ...(how && { deleted: how }), ...(which && { dates: which }) };
}

/** For `run` and `resume`. */
export const waveOption = (): Option =>
  new Option('--wave <n>', 'start only the mailboxes of that wave (column Wave of the plan), or `all`');

/** When mailboxes start: for `run`. */
export function addPaceOptions(command: Command): Command {
  return command
    .option('--stagger <seconds>', 'gap between two first starts, e.g. 75, 30-45 or 0 (default: 60-90)')
    .option('--concurrency <n>', 'mailboxes at once, at most 100 (default: 20)')
    .addOption(
      new Option(
        '--order <which>',
        'mailboxes that start first: in the order of the plan (default), those with most bytes (size), or with the newest mail (newest), as far as `check` or an early look found out',
      ).choices([...MAILBOX_ORDERS]),
    )
    .addOption(waveOption())
    .option('--no-look', 'do not count waiting mailboxes early: what the night holds is estimated for longer')
    .option(
      '--window <hours>',
      'mailboxes are at work only then, local time or "20:00-06:00 Europe/Berlin" (default: always)',
    );
}

/** Values of options that nobody gave. */
export const BATCH_DEFAULTS = {
  deleted: 'carry',
  dates: 'internal',
  memory: '128M',
  stagger: '60-90',
  concurrency: '20',
  order: 'plan',
} as const satisfies Partial<Record<keyof BatchFlags, string>>;

/** @param zone  IANA name of the zone of hours and days that name none @throws BadInput naming the option */
export function readBatchOptions(flags: BatchFlags, zone: string): BatchOptions {
  const options = optionsFrom(flags, zone);
  const { since, until } = options;
  if (since && until && startOfDay(since) >= endOfDay(until))
    throw new BadInput(`--until ${showDay(until)} is before --since ${showDay(since)}: no message is of such a day`);
  return options;
}

function optionsFrom(flags: BatchFlags, zone: string): BatchOptions {
  return {
    include: folderNames(flags.include ?? [], '--include'),
    exclude: folderNames(flags.exclude ?? [], '--exclude'),
    map: parseMappings(flags.map ?? []),
    folderPrefix: flags.folderPrefix === undefined ? null : folderName(flags.folderPrefix, '--folder-prefix'),
    includeShared: flags.includeShared ?? false,
    deleted: BATCH_DEFAULTS.deleted,
    dates: BATCH_DEFAULTS.dates,
    ...messageOptions(flags),
    since: flags.since === undefined ? null : parseDay(flags.since, '--since', zone),
    until: flags.until === undefined ? null : parseDay(flags.until, '--until', zone),
    labels: LABEL_POLICIES.find((policy) => policy === flags.labels) ?? null,
    maxSize: flags.maxSize === undefined ? null : parseSize(flags.maxSize, '--max-size'),
    memory: parseMemory(flags.memory ?? BATCH_DEFAULTS.memory),
    stagger: parseStagger(flags.stagger ?? BATCH_DEFAULTS.stagger),
    concurrency: parseConcurrency(flags.concurrency ?? BATCH_DEFAULTS.concurrency),
    order: MAILBOX_ORDERS.find((order) => order === flags.order) ?? BATCH_DEFAULTS.order,
    wave: flags.wave === undefined ? null : parseWave(flags.wave),
    look: flags.look === false ? 'none' : 'ahead',
    window: flags.window === undefined ? null : parseWindow(flags.window, zone),
  };
}

/** `--wave 2`, or `--wave all`, which is null. @throws BadInput */
export function parseWave(text: string): number | null {
  if (text === 'all') return null;
  const wave = readWave(text);
  if (wave === null) throw new BadInput(`--wave: a number from 1 to ${MOST_WAVES} is expected, or all`);
  return wave;
}

/** Null: it is no wave. */
export function readWave(text: string): number | null {
  const wave = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  return wave < 1 ? null : wave;
}

/** @throws BadInput */
export function parseMemory(text: string, option = '--memory'): number {
  const bytes = parseSize(text, option);
  if (bytes < LEAST_MEMORY) throw new BadInput(`${option}: at least 1M is needed`);
  return bytes;
}

/** @throws BadInput */
export function parseConcurrency(text: string, option = '--concurrency'): number {
  const mailboxes = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (mailboxes < 1 || mailboxes > 100) throw new BadInput(`${option}: a number from 1 to 100 is expected`);
  return mailboxes;
}

/** Names or globs of folders. @throws BadInput  naming the option or the cell */
export function folderNames(texts: readonly string[], option: string): string[] {
  return texts.map((text) => folderName(text, option));
}

/** @throws BadInput */
export function folderName(text: string, option: string): string {
  if (text === '') throw new BadInput(`${option}: a folder name is expected`);
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new BadInput(`${option}: the folder name holds a control character`);
  if (text.length > 1_000) throw new BadInput(`${option}: the folder name is longer than 1,000 characters`);
  return text;
}
