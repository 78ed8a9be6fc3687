import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { type BatchFlags, messageOptions, parseWave } from '../input/batch-options.js';
import type { ConfigFlag } from '../input/config/config-option.js';
import type { Lacking } from '../input/credentials/credential-sources.js';
import { batchAgain, credentialsAgain } from '../input/credentials/credentials-again.js';
import { warnOfPlaintext } from '../input/endpoint/plaintext-warning.js';
import { limitsAgain } from '../input/limits/limits-again.js';
import { type NoticeFlags, type NoticesGiven, readNotices } from '../input/notices/notice-options.js';
import { refuseEmptyWave } from '../input/plan/waves.js';
import type { StateFlag } from '../process/command-parts.js';
import type { DisplayFlags } from '../process/display.js';
import type { Environment, Prompts, Stderr } from '../process/io.js';
import { noticesAgain } from './notices-again.js';
import type { Run } from './run.js';

/** @throws BadInput  when the plan that gives the passwords cannot be used, or gives too few */
export async function prepareResume(
  {
    store,
    workspace,
    flags,
    lacking,
    notices,
  }: {
    readonly store: BatchStore;
    readonly workspace: Workspace;
    readonly flags: ResumeFlags;
    readonly lacking: Lacking;
    /** Read before, where they are for several runs. */
    readonly notices?: NoticesGiven;
  },
  io: Stderr & Prompts & Environment,
): Promise<Run> {
  const again = await limitsAgain(batchAgain(store, flags, io.cwd), flags, io.cwd);
  const wave = flags.wave === undefined ? again.options.wave : parseWave(flags.wave);
  refuseEmptyWave(wave, again.mailboxes, `the batch ${again.name}`);
  const batch: Batch = { ...again, options: { ...again.options, ...messageOptions(flags), wave } };
  await warnOfPlaintext(batch, io);
  const credentials = await credentialsAgain(batch, flags, lacking, io);
  return {
    batch,
    workspace,
    credentials,
    notices: await noticesAgain(notices ?? readNotices(flags, io), store, io),
    openStore: async () => store,
  };
}

export interface ResumeFlags
  extends ConfigFlag,
    StateFlag,
    DisplayFlags,
    NoticeFlags,
    Pick<BatchFlags, 'deleted' | 'dates' | 'wave'> {
  readonly plan?: string;
  readonly takeOver?: boolean;
  readonly dryRun?: boolean;
  readonly rate?: string;
}
