import { mayCreateBelow, mayInsert, maySetFlags } from '../imap/commands/rights.js';
import type { Census } from './census.js';
import { type Finding, type FindingKind, finding } from './finding.js';

/** Folders at the destination that the login may not write to, or may not make (RFC 4314). */
export function judgeRights({ mailbox, folders }: Pick<Census, 'mailbox' | 'folders'>): readonly Finding[] {
  return folders.flatMap(({ destination, isNew, rights, messages, bytes }): readonly Finding[] => {
    if (rights === null) return [];
    const found = (kind: FindingKind) => [
      finding(kind, 'destination', { mailbox, folder: destination, messages, bytes }),
    ];
    if (isNew) return mayCreateBelow(rights) ? [] : found('no-right-to-create');
    if (messages === 0) return [];
    if (!mayInsert(rights)) return found('no-right-to-add');
    return maySetFlags(rights) ? [] : found('no-right-to-set-flags');
  });
}
