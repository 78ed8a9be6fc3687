import type { FolderWarning } from '../copy/map/folder-warnings.js';
import { sanitise } from '../responses/sanitise.js';
import type { Census } from './census.js';
import { type Finding, finding } from './finding.js';

type Mapped = Pick<Census, 'mailbox' | 'folders' | 'warnings' | 'leftOut' | 'labels'>;

/** Where folders go: names that change, that meet, that cannot be made, and folders that are left out. */
export function judgeMapping(census: Mapped): readonly Finding[] {
  const { mailbox, folders, warnings, leftOut, labels } = census;
  const allMail = labels === 'doubled' ? folders.filter(({ isAllMail }) => isAllMail) : [];
  const doubling = new Set(allMail.map(({ source }) => source));
  return [
    ...warnings.flatMap((warning): readonly Finding[] => {
      const found = judgeWarning(warning, mailbox);
      return found.kind === 'folder-is-view' && doubling.has(found.folder ?? '') ? [] : [found];
    }),
    ...folders.flatMap(({ destination, doubt }) =>
      doubt === null
        ? []
        : [finding('folder-name-doubtful', 'destination', { mailbox, folder: destination, told: doubt })],
    ),
    ...allMail.map(({ source, messages, bytes }) =>
      finding('labels-double', 'source', { mailbox, folder: source, messages, bytes }),
    ),
    ...judgeLabels(census),
    ...leftOut.map(({ name, why }) => finding('folder-left-out', 'source', { mailbox, folder: name, why })),
  ];
}

/** How much the labels of Gmail spare, or that mail without a label is not offered. */
function judgeLabels({ mailbox, folders, labels }: Mapped): readonly Finding[] {
  if (labels !== 'once') return [];
  const messages = folders.reduce((sum, { carried }) => sum + carried.messages, 0);
  const bytes = folders.reduce((sum, { carried }) => sum + carried.bytes, 0);
  return [
    ...(messages > 0 ? [finding('labels-once', 'source', { mailbox, messages, bytes })] : []),
    ...(folders.some(({ isAllMail }) => isAllMail) ? [] : [finding('all-mail-hidden', 'source', { mailbox })]),
  ];
}

function judgeWarning(warning: FolderWarning, mailbox: string): Finding {
  const clean = (names: readonly string[]) => names.map((name) => sanitise(name)).join(', ');
  switch (warning.kind) {
    case 'renamed':
      return finding('folder-renamed', 'destination', {
        mailbox,
        folder: sanitise(warning.source),
        told: sanitise(warning.destination),
      });
    case 'merged':
      return finding('folders-merged', 'destination', {
        mailbox,
        folder: sanitise(warning.destination),
        told: clean(warning.sources),
      });
    case 'case-clash':
      return finding('folders-differ-in-case', 'destination', { mailbox, told: clean(warning.destinations) });
    case 'view':
      return finding('folder-is-view', 'source', { mailbox, folder: sanitise(warning.source) });
    case 'unreadable-name':
      return finding('folder-name-undecodable', 'source', { mailbox, folder: sanitise(warning.source) });
    case 'no-inferiors':
      return finding('folder-not-creatable', 'destination', {
        mailbox,
        folder: sanitise(warning.destination),
        told: sanitise(warning.parent),
      });
    case 'no-mail-there':
      return finding('folder-into-no-mail', 'destination', {
        mailbox,
        folder: sanitise(warning.source),
        told: sanitise(warning.destination),
      });
    case 'empty-root':
      return finding('root-empty', 'source', { mailbox, told: sanitise(warning.root) });
  }
}
