import { type Quota, type QuotaRoot, type Quotas, roomIn } from '../imap/commands/quota.js';
import { type Census, type FolderCensus, sumOfCensus } from './census.js';
import { type Finding, type FindingKind, finding } from './finding.js';

/** The part of a quota that leaves little room for the mail of tomorrow. */
const ALMOST = 0.9;

type Counted = Pick<Census, 'mailbox' | 'folders' | 'quota' | 'inboxRoots'>;

/** Whether what comes fits into the quotas of the destination: that of INBOX, and those of folders that have their own. */
export function judgeQuota({ mailbox, folders, quota, inboxRoots }: Counted): readonly Finding[] {
  const { ofInbox, apart } = byRoot(folders, inboxRoots);
  const all = sumOfCensus({ folders: ofInbox });
  const { storage, messages } = quota.destination;
  if (storage === null && messages === null && all.messages > 0 && apart.size === 0)
    return [finding('quota-unknown', 'destination', { mailbox, messages: all.messages, bytes: all.bytes })];
  return [
    ...judged(quota.destination, ofInbox, { mailbox }),
    ...[...apart.values()].flatMap(({ root, folders: own }) =>
      judged(root, own, { mailbox, folder: [...new Set(own.map(({ destination }) => destination))].join(', ') }),
    ),
  ];
}

interface ApartRoot {
  readonly root: QuotaRoot;
  readonly folders: FolderCensus[];
}

/** Folders that count against what INBOX counts against, and those that count against something else, by root. */
function byRoot(folders: readonly FolderCensus[], inboxRoots: readonly string[]) {
  const apart = new Map<string, ApartRoot>();
  const ofInbox: FolderCensus[] = [];
  for (const folder of folders) {
    const roots = folder.roots ?? [];
    if (roots.length === 0 || roots.some(({ name }) => inboxRoots.includes(name))) ofInbox.push(folder);
    for (const root of roots) {
      if (inboxRoots.includes(root.name)) continue;
      const known = apart.get(root.name);
      if (known) known.folders.push(folder);
      else apart.set(root.name, { root, folders: [folder] });
    }
  }
  return { ofInbox, apart };
}

function judged(
  { storage, messages: count }: Quotas,
  folders: readonly FolderCensus[],
  at: { readonly mailbox: string; readonly folder?: string },
): readonly Finding[] {
  const { messages, bytes, there } = sumOfCensus({ folders });
  // Equal messages that are there already are not copied again, so that less may come.
  const holds = there > 0 ? 'mail already' : 'nothing';
  const bySize = storage && fitting(storage, bytes, holds);
  const byCount = count && fitting(count, messages, holds);
  return [
    ...(storage && bySize ? [finding(bySize, 'destination', { ...at, bytes, limit: roomIn(storage) })] : []),
    ...(count && byCount ? [finding(byCount, 'destination', { ...at, messages, limit: roomIn(count) })] : []),
  ];
}

/** @returns null where it fits well */
function fitting(quota: Quota, coming: number, holds: 'mail already' | 'nothing'): FindingKind | null {
  if (coming > roomIn(quota)) return holds === 'nothing' ? 'quota-too-small' : 'quota-may-be-short';
  return coming > 0 && quota.used + coming > quota.limit * ALMOST ? 'quota-almost-full' : null;
}
