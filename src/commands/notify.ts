import { Argument, Command } from 'commander';
import { isTaken, showSent } from '../engine/notices/channels/channel.js';
import { makeNotice } from '../engine/notices/make-notice.js';
import { BadInput } from '../words/bad-input.js';
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
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import type { Io } from './process/io.js';

interface NotifyFlags extends NoticeFlags, StateFlag {}

/** A notice did not arrive: before the night that is wrong input, whoever refused it. */
const NOT_TAKEN = 2;

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('notify')
    .summary('send a test notice')
    .description(
      'Sends one test notice by the command and the URL of a batch, or by those given, and says what came back. The exit code is 2 when one of them did not take it.',
    )
    .addArgument(new Argument('<what>', 'the notice').choices(['test']))
    .argument('[name]', 'the batch');
  withExamples(
    addStateOption(addNoticeOptions(command)),
    'nightferry notify test --notify-url https://ntfy.sh/our-mail-moves',
    'nightferry notify test school',
  );
  return command.action(async (_what: string, name: string | undefined, flags: NotifyFlags) =>
    done(await notifyTest(name ?? null, flags, io)),
  );
};

async function notifyTest(name: string | null, flags: NotifyFlags, io: Io): Promise<number> {
  const given = readNotices(flags, io);
  const store = name === null ? null : await (await openWorkspace(flags, io)).open(name);
  const kept = store === null ? null : (await store.notices()).wanted;
  const notices = noticesFor(given, kept);
  const missing = missingUrl(notices);
  const channels = notices === null ? [] : channelsOf(notices, io);
  if (channels.length === 0) throw new BadInput(`notify: ${missing ?? nothingGiven(name, notices)}`);
  const typed = store === null ? '' : asTyped(store, io);
  const notice = makeNotice({ event: 'test' }, name ?? 'nightferry', typed, io.clock.now());
  let exitCode = 0;
  for (const channel of channels) {
    const begun = io.clock.monotonic();
    const sent = await channel.send(notice, new AbortController().signal);
    const seconds = ((io.clock.monotonic() - begun) / 1000).toFixed(1);
    if (!isTaken(sent)) exitCode = NOT_TAKEN;
    await io.out.write(`${channel.name}: ${isTaken(sent) ? 'taken' : 'not taken'}, ${showSent(sent)}, ${seconds} s\n`);
  }
  if (missing === null) return exitCode;
  await io.err.write(`nightferry: notify: ${missing}\n`);
  return NOT_TAKEN;
}

function nothingGiven(name: string | null, notices: NoticesOfRun | null): string {
  if (name !== null && notices === null) return `nobody is told of ${name}: give --notify-command or --notify-url`;
  return 'give a batch, --notify-command or --notify-url';
}
