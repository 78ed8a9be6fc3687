import { Argument, Command } from 'commander';
import { type Channel, isTaken, type Sent, showSent } from '../engine/notices/channels/channel.js';
import { makeNotice } from '../engine/notices/make-notice.js';
import type { Notice } from '../engine/notices/notice.js';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import { BadInput } from '../words/bad-input.js';
import { showDuration } from '../words/times.js';
import { addConfigOption, type ConfigFlag } from './input/config/config-option.js';
import { withConfig } from './input/config/with-config.js';
import {
  addNoticeOptions,
  missingUrl,
  type NoticeFlags,
  type NoticesOfRun,
  noticesFor,
  readNotices,
} from './input/notices/notice-options.js';
import { channelsOf } from './launch/notice-wishes.js';
import { asTyped } from './output/as-typed.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from './process/command-parts.js';
import type { Environment, Stderr, Stdout, Timing, Version } from './process/io.js';

interface NotifyFlags extends NoticeFlags, ConfigFlag, StateFlag {
  readonly json?: boolean;
}

/** A notice did not arrive: before the night that is wrong input, whoever refused it. */
const NOT_TAKEN = 2;

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('notify')
    .summary('send a test notice')
    .description(
      'Sends one test notice by the command and the URLs of a batch, or by those given, and says what came back. The exit code is 2 when one of them did not take it.',
    )
    .addArgument(new Argument('<what>', 'the notice').choices(['test']))
    .argument('[name]', 'the batch')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(addNoticeOptions(addConfigOption(command))),
    'nightferry notify test --notify-url https://ntfy.sh/our-mail-moves',
    'nightferry notify test school',
  );
  return command.action(async (_what: string, name: string | undefined, given: NotifyFlags) => {
    const { flags } = await withConfig(given, command, { tables: ['notify'] }, io);
    done(await notifyTest(name ?? null, flags, io));
  });
};

async function notifyTest(
  name: string | null,
  flags: NotifyFlags,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<number> {
  const given = readNotices(flags, io);
  const store = name === null ? null : await openBatch(name, flags, io);
  const kept = store === null ? null : (await store.notices()).wanted;
  const notices = noticesFor(given, kept);
  const missing = missingUrl(notices);
  const channels = notices === null ? [] : channelsOf(notices, io);
  if (channels.length === 0) throw new BadInput(`notify: ${missing ?? nothingGiven(name, notices)}`);
  const typed = store === null ? '' : asTyped(store, io);
  const notice = makeNotice({ event: 'test' }, name ?? 'nightferry', typed, io.clock.now());
  const tries: Try[] = [];
  for (const channel of channels) tries.push(await tryOnce(channel, notice, io));
  const text = flags.json
    ? JSON.stringify({ version: PROTOCOL_VERSION, batch: name, tries })
    : tries.map(showTry).join('\n');
  await io.out.write(`${text}\n`);
  if (missing !== null) await io.err.write(`nightferry: notify: ${missing}\n`);
  return missing === null && tries.every(({ taken }) => taken) ? 0 : NOT_TAKEN;
}

/** One way to the operator, and whether a notice arrived by it. */
interface Try {
  readonly channel: string;
  readonly taken: boolean;
  readonly sent: Sent;
  /** Milliseconds. */
  readonly took: number;
}

async function tryOnce(channel: Channel, notice: Notice, { clock }: Timing): Promise<Try> {
  const begun = clock.monotonic();
  const sent = await channel.send(notice, new AbortController().signal);
  return { channel: channel.name, taken: isTaken(sent), sent, took: Math.round(clock.monotonic() - begun) };
}

function showTry({ channel, taken, sent, took }: Try): string {
  return `${channel}: ${taken ? 'taken' : 'not taken'}, ${showSent(sent)}, ${showDuration(took)}`;
}

function nothingGiven(name: string | null, notices: NoticesOfRun | null): string {
  if (name !== null && notices === null) return `nobody is told of ${name}: give --notify-command or --notify-url`;
  return 'give a batch, --notify-command or --notify-url';
}
