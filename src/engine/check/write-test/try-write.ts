import { fingerprint } from '../../copy/message/fingerprint.js';
import { append } from '../../imap/commands/append.js';
import { fetchWhole } from '../../imap/commands/fetch.js';
import type { Opened } from '../../imap/commands/folders.js';
import { addFlags } from '../../imap/commands/store-flags.js';
import { keepsFlag } from '../../imap/grammar/flags.js';
import { instantOf } from '../../imap/grammar/internal-date.js';
import { must } from '../../imap/session/refused.js';
import { readFailure } from '../../mailbox/read-failure.js';
import type { MailboxAtDestination } from '../../quarantine/mailbox-at-destination.js';
import type { PassFailure } from '../../responses/pass-failure.js';
import { contentOf, type ScratchFolder } from './scratch-folder.js';
import { TEST_DATE, TEST_FLAGS, type TestName, testMessage } from './test-message.js';

/** The fate of the message of a write test. */
export type Written =
  | { readonly kind: 'refused'; readonly step: 'CREATE' | 'APPEND'; readonly failure: PassFailure }
  /** The destination said OK, and does not give the message back. */
  | { readonly kind: 'not there' }
  | {
      readonly kind: 'there';
      /** `rewritten`: as servers are known to, so that it is recognised. */
      readonly body: 'as sent' | 'rewritten' | 'altered';
      /** Flags that it does not have, also after they were set once more. */
      readonly lost: readonly string[];
      /** INTERNALDATE that it has instead; null: as sent. */
      readonly otherDate: string | null;
    };

/** A test, and the folder that it made; null: none. */
interface Tried {
  readonly written: Written;
  readonly folder: ScratchFolder | null;
}

/** Makes the folder of a test, appends its message and reads that back. @throws ConnectionLost */
export async function tryWrite(mailbox: MailboxAtDestination, test: TestName): Promise<Tried> {
  let folder: ScratchFolder | null = null;
  let step: 'CREATE' | 'APPEND' = 'CREATE';
  try {
    folder = { test, wire: await mailbox.make(test.folder) };
    step = 'APPEND';
    return { written: await writeAndRead(mailbox, folder), folder };
  } catch (error) {
    const failure = readFailure(error);
    if (!failure || failure.command === 'connection') throw error;
    return { written: { kind: 'refused', step, failure }, folder };
  }
}

async function writeAndRead(mailbox: MailboxAtDestination, folder: ScratchFolder): Promise<Written> {
  const { desk, session } = mailbox;
  const raw = testMessage(folder.test);
  const body = { slices: [raw], length: raw.length };
  const flags = takenBy(await desk.reopen(folder.wire));
  const outgoing = { uid: 1, flags, internalDate: TEST_DATE, body, hasNul: false };
  const { answer } = await append(session, folder.wire, [outgoing], folder.wire);
  must('destination', 'APPEND', answer, folder.wire);
  const first = await readBack(mailbox, folder);
  if (first === null) return { kind: 'not there' };
  const missing = flags.filter((flag) => !has(first.flags, flag));
  // Some keep a flag that STORE sets, and not the same in APPEND (Exchange: \Flagged). A copy sets it once more, too.
  if (missing.length > 0) await addFlags(desk, folder.wire, `${first.uid}`, missing);
  const last = missing.length > 0 ? ((await readBack(mailbox, folder)) ?? first) : first;
  const [sent, came] = [fingerprint(body), fingerprint(first.body)];
  const isKnown = sent.canonical === came.canonical;
  return {
    kind: 'there',
    body: sent.exact === came.exact ? 'as sent' : isKnown ? 'rewritten' : 'altered',
    lost: TEST_FLAGS.filter((flag) => !has(last.flags, flag)),
    otherDate: instantOf(first.internalDate) === instantOf(TEST_DATE) ? null : first.internalDate,
  };
}

async function readBack(mailbox: MailboxAtDestination, folder: ScratchFolder) {
  const [uid] = (await contentOf(mailbox, folder)).own;
  if (uid === undefined) return null;
  const { fetched } = await fetchWhole(mailbox.desk, folder.wire, [uid], `${uid}`);
  return fetched[0] ?? null;
}

/** Flags that the folder says it keeps: others would have the APPEND refused (RFC 9051 section 7.1). */
function takenBy({ permanentFlags }: Opened): readonly string[] {
  return TEST_FLAGS.filter((flag) => keepsFlag(permanentFlags, flag));
}

const has = (flags: readonly string[] | null, flag: string) =>
  flags?.some((one) => one.toLowerCase() === flag.toLowerCase()) ?? false;
