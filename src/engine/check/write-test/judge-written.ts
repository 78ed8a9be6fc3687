import type { PlanRow } from '../../../store/batch/batch.js';
import { isKeyword } from '../../imap/grammar/flags.js';
import { sanitise } from '../../responses/sanitise.js';
import type { Census } from '../census.js';
import { type Finding, finding } from '../finding.js';
import type { WhyLeft } from './scratch-folder.js';
import type { Written } from './try-write.js';

/** Refusals that may pass by themselves. */
const PASSING: ReadonlySet<string> = new Set(['transient', 'throttled', 'server-bug']);

/** Findings about how a destination takes mail. */
export function judgeWritten(mailbox: string, written: Written): readonly Finding[] {
  const some = (kind: Finding['kind'], told: string | null): Finding => finding(kind, 'destination', { mailbox, told });
  switch (written.kind) {
    case 'refused': {
      const { step, failure } = written;
      const told = sanitise(failure.response);
      if (PASSING.has(failure.verdict.kind)) return [some('write-test-undone', told)];
      return [some(step === 'CREATE' ? 'folders-refused' : 'messages-refused', told)];
    }
    case 'not there':
      return [some('messages-vanish', null)];
    case 'there': {
      const { body, lost, otherDate } = written;
      const [flags, keywords] = [lost.filter((flag) => !isKeyword(flag)), lost.filter(isKeyword)];
      return [
        ...(body === 'altered' ? [some('bodies-altered', null)] : []),
        ...(body === 'rewritten' ? [some('bodies-rewritten', null)] : []),
        ...(flags.length > 0 ? [some('flags-dropped', flags.join(', '))] : []),
        ...(keywords.length > 0 ? [some('keywords-dropped', keywords.join(', '))] : []),
        ...(otherDate === null ? [] : [some('dates-dropped', otherDate === '' ? null : sanitise(otherDate))]),
      ];
    }
  }
}

/** A folder of a write test that is still there. @param folder  sanitised */
export function judgeLeft(mailbox: string, folder: string, why: WhyLeft): Finding {
  const told = why.kind === 'refused' ? why.response : null;
  const messages = why.kind === 'holds other mail' ? why.messages : null;
  return finding('write-test-left', 'destination', { mailbox, folder, told, messages });
}

/** Folders of earlier tests in mailboxes that this check does not clean. */
export function judgeFormer(
  censuses: readonly Pick<Census, 'mailbox' | 'scratchLeft'>[],
  cleaned: readonly { readonly row: Pick<PlanRow, 'email'> }[],
): readonly Finding[] {
  const tidy = new Set(cleaned.map(({ row }) => row.email));
  return censuses
    .filter(({ mailbox }) => !tidy.has(mailbox))
    .flatMap(({ mailbox, scratchLeft }) =>
      scratchLeft.map((folder) => finding('write-test-left', 'destination', { mailbox, folder })),
    );
}

/** Whether a destination keeps keywords; null: the test did not come so far. */
export function keywordFate(written: Written): 'kept' | 'dropped' | null {
  if (written.kind !== 'there') return null;
  return written.lost.some(isKeyword) ? 'dropped' : 'kept';
}
