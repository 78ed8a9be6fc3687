import type { Batch } from '../../store/batch/batch.js';
import { sanitise } from '../responses/sanitise.js';
import { type Census, type FolderCensus, sumOfCensus } from './census.js';
import { type Finding, type FindingKind, finding } from './finding.js';
import { judgeFlags } from './judge-flags.js';
import { judgeHidden } from './judge-hidden.js';
import { judgeMapping } from './judge-mapping.js';
import { judgeQuota } from './judge-quota.js';
import { judgeRights } from './judge-rights.js';

/** Messages that a day must have before it looks like the day of a migration. */
const BUSY = 50;

/** All findings about one mailbox that was looked at. */
export function judgeCensus(census: Census, { options }: Pick<Batch, 'options'>): readonly Finding[] {
  return [
    ...judgeUnreadable(census),
    ...judgeMapping(census),
    ...judgeMessages(census, options.dates),
    ...judgeFlags(census),
    ...judgeRights(census),
    ...judgeDates(census, options.dates),
    ...judgeQuota(census),
    ...judgeHidden(census, options.deleted),
    ...judgeMailbox(census),
  ];
}

/** Folders that cannot be listed or opened. */
function judgeUnreadable({ mailbox, refused, unreadable }: Census): readonly Finding[] {
  return [
    ...refused.map(({ folder, side, response }) =>
      finding('folder-unreadable', side, { mailbox, folder, told: sanitise(response) }),
    ),
    ...unreadable.map(({ side, row }) => finding('list-row-unreadable', side, { mailbox, told: row })),
  ];
}

/** Messages that will not or may not arrive as they are, a folder a finding. */
function judgeMessages(
  { mailbox, folders }: Pick<Census, 'mailbox' | 'folders'>,
  dates: Batch['options']['dates'],
): readonly Finding[] {
  return folders.flatMap((folder) => {
    const { source, tooLarge, largest, limit, deleted, empty, sizeUnknown, uidValidity } = folder;
    const some = (kind: FindingKind, messages: number): readonly Finding[] =>
      messages === 0 ? [] : [finding(kind, 'source', { mailbox, folder: source, messages })];
    const over = finding('message-too-large', 'destination', {
      mailbox,
      folder: source,
      messages: tooLarge.messages,
      bytes: largest,
      limit,
    });
    return [
      ...(tooLarge.messages > 0 ? [over] : []),
      ...some('message-empty', empty),
      ...some('dates-impossible', dates === 'header' ? 0 : folder.misdated),
      ...some('message-size-unknown', sizeUnknown),
      ...some('message-marked-deleted', deleted),
      ...(uidValidity === null && folder.messages > 0 ? some('uids-not-kept', folder.messages) : []),
    ];
  });
}

/** Dates that a copy before this one gave, most likely: at least half of the mail came on one day. */
function judgeDates(
  census: Pick<Census, 'mailbox' | 'folders' | 'busiest'>,
  dates: Batch['options']['dates'],
): readonly Finding[] {
  const { busiest, mailbox } = census;
  if (dates === 'header' || busiest === null || busiest.messages < BUSY) return [];
  if (busiest.messages * 2 < sumOfCensus(census).messages) return [];
  const told = new Date(busiest.day).toISOString().slice(0, 10);
  return [finding('dates-of-one-day', 'source', { mailbox, messages: busiest.messages, told })];
}

/** Facts about the mailbox as a whole. */
function judgeMailbox(census: Census): readonly Finding[] {
  const { mailbox, folders, tellsUids, refused } = census;
  const { messages, there } = sumOfCensus(census);
  const holding = folders.filter((folder) => (folder.there ?? 0) > 0);
  return [
    ...(messages === 0 && refused.length === 0 ? [finding('mailbox-empty', 'source', { mailbox })] : []),
    ...(there > 0
      ? [finding('destination-not-empty', 'destination', { mailbox, messages: there, told: namesOf(holding) })]
      : []),
    ...(census.inbox?.uidValidity === null
      ? [finding('uids-not-kept', 'destination', { mailbox, folder: 'INBOX' })]
      : []),
    ...(tellsUids ? [] : [finding('without-uidplus', 'destination', { mailbox })]),
  ];
}

const namesOf = (folders: readonly FolderCensus[]) =>
  [...new Set(folders.map(({ destination }) => destination))].join(', ');
