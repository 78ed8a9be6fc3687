import { type Command, Option } from 'commander';
import { type BatchOptions, DATE_SOURCES, DELETED_MODES } from '../../store/batch/batch.js';
import { BadInput } from '../../words/bad-input.js';
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
  readonly maxSize?: string;
  readonly memory?: string;
  readonly stagger?: string;
  readonly concurrency?: string;
  readonly window?: string;
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

/** The options about messages that this command line gave, and no others. */
export function messageOptions({ deleted, dates }: BatchFlags): Partial<Pick<BatchOptions, 'deleted' | 'dates'>> {
  const how = DELETED_MODES.find((mode) => mode === deleted);
  const which = DATE_SOURCES.find((source) => source === dates);
  return { ...(how && { deleted: how }), ...(which && { dates: which }) };
}

/** When mailboxes start: for `run`. */
export function addPaceOptions(command: Command): Command {
  return command
    .option('--stagger <seconds>', 'gap between two first starts, e.g. 75, 30-45 or 0 (default: 60-90)')
    .option('--concurrency <n>', 'mailboxes at once, at most 100 (default: 20)')
    .option('--no-look', 'do not count waiting mailboxes early: what the night holds is estimated for longer')
    .option(
      '--window <hours>',
      'mailboxes are at work only then, local time or "20:00-06:00 Europe/Berlin" (default: always)',
    );
}

/** @param zone  IANA name of the zone of hours that name none @throws BadInput naming the option */
export function readBatchOptions(flags: BatchFlags, zone: string): BatchOptions {
  return {
    include: globs(flags.include, '--include'),
    exclude: globs(flags.exclude, '--exclude'),
    map: parseMappings(flags.map ?? []),
    folderPrefix: flags.folderPrefix === undefined ? null : folderName(flags.folderPrefix, '--folder-prefix'),
    includeShared: flags.includeShared ?? false,
    deleted: 'carry',
    dates: 'internal',
    ...messageOptions(flags),
    maxSize: flags.maxSize === undefined ? null : parseSize(flags.maxSize, '--max-size'),
    memory: memory(flags.memory ?? '128M'),
    stagger: parseStagger(flags.stagger ?? '60-90'),
    concurrency: concurrency(flags.concurrency ?? '20'),
    look: flags.look === false ? 'none' : 'ahead',
    window: flags.window === undefined ? null : parseWindow(flags.window, zone),
  };
}

function memory(text: string): number {
  const bytes = parseSize(text, '--memory');
  if (bytes < LEAST_MEMORY) throw new BadInput('--memory: at least 1M is needed');
  return bytes;
}

function concurrency(text: string): number {
  const mailboxes = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (mailboxes < 1 || mailboxes > 100) throw new BadInput('--concurrency: a number from 1 to 100 is expected');
  return mailboxes;
}

function globs(texts: readonly string[] | undefined, option: string): string[] {
  return (texts ?? []).map((text) => folderName(text, option));
}

function folderName(text: string, option: string): string {
  if (text === '') throw new BadInput(`${option}: a folder name is expected`);
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new BadInput(`${option}: the folder name holds a control character`);
  if (text.length > 1_000) throw new BadInput(`${option}: the folder name is longer than 1,000 characters`);
  return text;
}
