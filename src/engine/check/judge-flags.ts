import { isKeyword, isRecent, keepsFlag } from '../imap/grammar/flags.js';
import { sanitise } from '../responses/sanitise.js';
import type { Census } from './census.js';
import { type Finding, finding } from './finding.js';

/** Flags and keywords that the destination does not keep, or of which nobody can say it. */
export function judgeFlags({
  mailbox,
  folders,
  inbox,
}: Pick<Census, 'mailbox' | 'folders' | 'inbox'>): readonly Finding[] {
  const keeps = inbox?.keeps ?? null;
  return folders.flatMap(({ source, flags, withKeywords }): readonly Finding[] => {
    const at = { mailbox, folder: source };
    if (keeps === null)
      return withKeywords === 0 ? [] : [finding('keywords-unknown', 'destination', { ...at, messages: withKeywords })];
    const dropped = flags.filter((flag) => !isRecent(flag) && !keepsFlag(keeps, flag));
    const told = (names: readonly string[]) => names.map((name) => sanitise(name)).join(', ');
    const [keywords, others] = [dropped.filter(isKeyword), dropped.filter((flag) => !isKeyword(flag))];
    return [
      ...(keywords.length > 0 ? [finding('keywords-dropped', 'destination', { ...at, told: told(keywords) })] : []),
      ...(others.length > 0 ? [finding('flags-dropped', 'destination', { ...at, told: told(others) })] : []),
    ];
  });
}
