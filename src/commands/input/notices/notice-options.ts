import { type Command, Option } from 'commander';
import { type NoticeUrl, readNoticeUrl } from '../../../engine/notices/channels/notice-url.js';
import type { NoticesWanted } from '../../../store/batch/notices.js';
import { BadInput } from '../../../words/bad-input.js';
import { NEWS_EVENTS, type NewsEvent, NOTICE_SHAPES, type NoticeShape } from '../../../words/notice-shape.js';
import type { Environment } from '../../process/io.js';
import { splitWords } from '../credentials/shell-words.js';

/** As commander hands them over. */
export interface NoticeFlags {
  readonly notifyCommand?: string;
  readonly notifyUrl?: string;
  readonly notifyShape?: string;
  readonly notifyWhen?: readonly string[];
  /** The key of the configuration that gave the URL, for messages. */
  readonly notifyUrlFrom?: string;
  /** False for `--no-notify`. */
  readonly notify?: boolean;
}

/** Options with a value: the word after one of them is no command. */
export const NOTICE_VALUES: readonly string[] = ['--notify-command', '--notify-url', '--notify-shape', '--notify-when'];

export const URL_VARIABLE = 'NIGHTFERRY_NOTIFY_URL';

export function addNoticeOptions(command: Command): Command {
  return command
    .option('--notify-command <command>', 'tell of the end, and of what needs you, by this command: JSON on its input')
    .option(
      '--notify-url <url>',
      `or by a POST to this URL, or by mail to smtps://user:password@host/?to=address; better in ${URL_VARIABLE}, it is a secret`,
    )
    .addOption(
      new Option('--notify-shape <shape>', 'what is posted (default: by the host of the URL)').choices([
        ...NOTICE_SHAPES,
      ]),
    )
    .addOption(
      new Option('--notify-when <events>', `of these only, parted by commas: ${NEWS_EVENTS.join(', ')}`).argParser(
        (text: string) => text.split(',').map((one) => one.trim()),
      ),
    );
}

/** Wishes about notices, from a command line and its environment. */
export interface NoticesGiven {
  /** `--no-notify`: what the batch keeps counts no more. */
  readonly kept: 'counts' | 'is forgotten';
  readonly command: readonly string[] | null;
  readonly url: NoticeUrl | null;
  /** Asked for by name; null: by the host, or as the batch keeps it for that host. */
  readonly shape: NoticeShape | null;
  /** Null: nothing was said of it. */
  readonly when: readonly NewsEvent[] | null;
}

/** How a run tells its operator. */
export interface NoticesOfRun {
  readonly wanted: NoticesWanted;
  /** Null where none is wanted, or it was not given again. */
  readonly url: NoticeUrl | null;
}

/**
 * Reads the options. The URL leaves the environment, so that no child process sees it.
 *
 * @throws BadInput  naming the option, and repeating nothing of a URL
 */
export function readNotices(flags: NoticeFlags, io: Pick<Environment, 'env'>): NoticesGiven {
  const fromEnvironment = io.env[URL_VARIABLE];
  delete io.env[URL_VARIABLE];
  const text = flags.notifyUrl ?? (fromEnvironment || undefined);
  const shape = NOTICE_SHAPES.find((one) => one === flags.notifyShape) ?? null;
  const command = flags.notifyCommand === undefined ? null : splitWords(flags.notifyCommand, '--notify-command');
  if (flags.notify === false && (flags.notifyUrl !== undefined || command !== null))
    throw new BadInput('--no-notify: leave --notify-command and --notify-url away');
  const when = flags.notifyWhen?.map(newsEvent) ?? null;
  if (flags.notify === false) return { kept: 'is forgotten', command: null, url: null, shape, when };
  if (shape !== null && text === undefined) throw new BadInput('--notify-shape: there is no --notify-url');
  return { kept: 'counts', command, url: text === undefined ? null : readUrl(text, shape, flags), shape, when };
}

function newsEvent(text: string): NewsEvent {
  const event = NEWS_EVENTS.find((one) => one === text);
  if (!event) throw new BadInput(`--notify-when: one or more of ${NEWS_EVENTS.join(', ')} are expected`);
  return event;
}

function readUrl(text: string, shape: NoticeShape | null, { notifyUrl, notifyUrlFrom }: NoticeFlags): NoticeUrl {
  const read = readNoticeUrl(text, shape);
  if (!read.ok)
    throw new BadInput(`${notifyUrl === undefined ? URL_VARIABLE : (notifyUrlFrom ?? '--notify-url')}: ${read.why}`);
  return read.url;
}

/**
 * Wishes that are given now go before those that the batch keeps.
 *
 * @param kept  null: a batch without notices
 * @returns null where nobody is to be told
 */
export function noticesFor(given: NoticesGiven, kept: NoticesWanted | null): NoticesOfRun | null {
  if (given.kept === 'is forgotten') return kept && { wanted: { command: null, url: null, when: null }, url: null };
  const command = given.command ?? kept?.command ?? null;
  const url = asKept(given, kept);
  const place = url === null ? (kept?.url ?? null) : { host: url.host, shape: url.shape };
  if (command === null && place === null) return null;
  const when = given.when ?? kept?.when ?? null;
  return { wanted: { command: command && [...command], url: place, when: when && [...when] }, url };
}

/** A URL that is given again is posted to as before. */
function asKept({ url, shape }: NoticesGiven, kept: NoticesWanted | null): NoticeUrl | null {
  if (url === null || shape !== null || kept?.url?.host !== url.host) return url;
  return { ...url, shape: kept.url.shape };
}

/** One line about a URL that is wanted and was not given again; null: none is missing. */
export function missingUrl(notices: NoticesOfRun | null): string | null {
  if (notices === null || notices.wanted.url === null || notices.url !== null) return null;
  return `notices went to ${notices.wanted.url.host} too, and the URL is not kept: give it again with --notify-url or ${URL_VARIABLE}, or end that with --no-notify`;
}
