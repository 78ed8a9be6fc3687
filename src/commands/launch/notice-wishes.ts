import type { Channel } from '../../engine/notices/channels/channel.js';
import { commandChannel } from '../../engine/notices/channels/command-channel.js';
import { urlChannel } from '../../engine/notices/channels/url-channel.js';
import type { NoticeWishes } from '../../engine/notices/notifier.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { NoticesOfRun } from '../input/notices/notice-options.js';
import { asTyped } from '../output/as-typed.js';
import type { Environment, Timing, Version } from '../process/io.js';

/** How the engine of a batch tells its operator. */
export function noticeWishes(
  notices: NoticesOfRun,
  store: Pick<BatchStore, 'name' | 'dir'>,
  io: Environment & Version & Timing,
): NoticeWishes {
  return { wanted: notices.wanted, channels: channelsOf(notices, io), typed: asTyped(store, io) };
}

export function channelsOf(
  { wanted: { command }, urls }: NoticesOfRun,
  { clock, cwd, env, version }: Environment & Version & Timing,
): readonly Channel[] {
  // Passwords that nobody has taken out of it yet are no matter of a command that tells.
  const open = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NIGHTFERRY_')));
  return [
    ...(command === null ? [] : [commandChannel(command, { clock, cwd, env: open })]),
    ...urls.map((url) => urlChannel(url, { clock, fetch, version })),
  ];
}
