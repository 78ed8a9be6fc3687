import { type Command, Option } from 'commander';
import type { NoticeUrl } from '../../../engine/notices/channels/notice-url.js';
import type { NoticesWanted } from '../../../store/batch/notices.js';
import { BadInput } from '../../../words/bad-input.js';
import { NEWS_EVENTS, type NewsEvent, NOTICE_SHAPES } from '../../../words/notice-shape.js';
import type { Environment } from '../../process/io.js';
import { splitWords } from '../credentials/shell-words.js';
import { type GivenUrl, type PlacedUrl, readUrls, URL_VARIABLE, urlsIn } from './given-urls.js';

/** As commander hands them over. */
export interface NoticeFlags {
  readonly notifyCommand?: string;
  readonly notifyUrl?: readonly string[];
  readonly notifyShape?: string;
  readonly notifyWhen?: readonly string[];
  /** The URLs of the configuration. */
  readonly notifyPlaces?: readonly PlacedUrl[];
  /** False for `--no-notify`. */
  readonly notify?: boolean;
}

/** Options with a value: the word after one of them is no command. */
export const NOTICE_VALUES: readonly string[] = ['--notify-command', '--notify-url', '--notify-shape', '--notify-when'];

export function addNoticeOptions(command: Command): Command {
  return command
    .option('--notify-command <command>', 'tell of the end, and of what needs you, by this command: JSON on its input')
    .addOption(
      new Option(
        '--notify-url <url>',
        `or by a POST to this URL, or by mail to smtps://user:password@host/?to=address; can be repeated; better in ${URL_VARIABLE}, it is a secret`,
      ).argParser((text: string, before: readonly string[] = []) => [...before, text]),
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
  readonly urls: readonly GivenUrl[];
  /** Null: nothing was said of it. */
  readonly when: readonly NewsEvent[] | null;
}

/** How a run tells its operator. */
export interface NoticesOfRun {
  readonly wanted: NoticesWanted;
  /** As many as are wanted, or none: they were not given again. */
  readonly urls: readonly NoticeUrl[];
}

/**
 * Reads the options. The URL leaves the environment, so that no child process sees it.
 *
 * @throws BadInput  naming the option, and repeating nothing of a URL
 */
export function readNotices(flags: NoticeFlags, io: Pick<Environment, 'env'>): NoticesGiven {
  const fromEnvironment = io.env[URL_VARIABLE];
  delete io.env[URL_VARIABLE];
  const given = flags.notifyUrl?.map((text): PlacedUrl => ({ text, place: '--notify-url', shape: null })) ?? [];
  const [placed = []] = [given, urlsIn(fromEnvironment), flags.notifyPlaces ?? []].filter((one) => one.length > 0);
  const shape = NOTICE_SHAPES.find((one) => one === flags.notifyShape) ?? null;
  const command = flags.notifyCommand === undefined ? null : splitWords(flags.notifyCommand, '--notify-command');
  if (flags.notify === false && (flags.notifyUrl !== undefined || command !== null))
    throw new BadInput('--no-notify: leave --notify-command and --notify-url away');
  const when = flags.notifyWhen?.map(newsEvent) ?? null;
  if (flags.notify === false) return { kept: 'is forgotten', command: null, urls: [], when };
  if (shape !== null && placed.length === 0) throw new BadInput('--notify-shape: there is no --notify-url');
  return { kept: 'counts', command, urls: readUrls(placed, shape), when };
}

function newsEvent(text: string): NewsEvent {
  const event = NEWS_EVENTS.find((one) => one === text);
  if (!event) throw new BadInput(`--notify-when: one or more of ${NEWS_EVENTS.join(', ')} are expected`);
  return event;
}

/**
 * Wishes that are given now go before those that the batch keeps.
 *
 * @param kept  null: a batch without notices
 * @returns null where nobody is to be told
 */
export function noticesFor(given: NoticesGiven, kept: NoticesWanted | null): NoticesOfRun | null {
  if (given.kept === 'is forgotten') return kept && { wanted: { command: null, urls: [], when: null }, urls: [] };
  const command = given.command ?? kept?.command ?? null;
  const urls = given.urls.map((one) => asKept(one, kept));
  const places = urls.length === 0 ? (kept?.urls ?? []) : urls.map(({ host, shape }) => ({ host, shape }));
  if (command === null && places.length === 0) return null;
  const when = given.when ?? kept?.when ?? null;
  return { wanted: { command: command && [...command], urls: places, when: when && [...when] }, urls };
}

/** A URL that is given again is posted to as before. */
function asKept({ url, shape }: GivenUrl, kept: NoticesWanted | null): NoticeUrl {
  const isMail = url.shape === 'mail';
  const before = kept?.urls.find((one) => one.host === url.host && (one.shape === 'mail') === isMail);
  return shape !== null || before === undefined ? url : { ...url, shape: before.shape };
}

/** One line about a URL that is wanted and was not given again; null: none is missing. */
export function missingUrl(notices: NoticesOfRun | null): string | null {
  if (notices === null || notices.wanted.urls.length === 0 || notices.urls.length > 0) return null;
  const hosts = notices.wanted.urls.map(({ host }) => host).join(', ');
  return `notices went to ${hosts} too, and the URL is not kept: give it again with --notify-url or ${URL_VARIABLE}, or end that with --no-notify`;
}
