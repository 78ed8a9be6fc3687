import type { GarbleRow } from '../faults.js';
import { formatDateTime } from '../grammar/dates.js';
import type { FetchItem, SimpleItem } from '../grammar/fetch-items.js';
import { sectionOf } from '../grammar/message-parts.js';
import { flagList } from '../grammar/write.js';
import type { Numbered, Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';

type Garble = GarbleRow['how'] | null;

/** Writes a FETCH row (RFC 3501 section 7.4.2), as it should be or garbled. */
export function writeRow(
  session: Session,
  selection: Selection,
  numbered: Numbered,
  items: readonly FetchItem[],
  garble: Garble,
): void {
  const { message, sequence } = numbered;
  const { out } = session;
  if (garble === 'broken') {
    out.line(`* ${sequence} FETCH (UID ${message.uid} FLAGS ((${selection.flagsOf(message).join(' ')}`);
    return;
  }
  out.text(`* ${sequence} FETCH (`);
  let space = '';
  const add = (text: string) => {
    out.text(space + text);
    space = ' ';
  };
  const raw = items.some(({ kind }) => kind === 'BODY') ? message.raw : null;
  for (const item of withFlags(selection, numbered, items)) {
    if (item.kind === 'BODY') {
      if (garble === 'no-body') continue;
      const bytes = partOf(sectionOf(raw!, item.section), item.partial);
      add(`${item.label} {${bytes.length}}\r\n`);
      out.bytes(bytes);
    } else if (item.kind !== 'UID' || garble !== 'no-uid')
      add(`${item.kind} ${value(item.kind, selection, numbered, garble)}`);
  }
  out.line(')');
}

/** FLAGS go along where this row's BODY[] has set \Seen and they were not asked for. */
function withFlags(selection: Selection, { message }: Numbered, items: readonly FetchItem[]): readonly FetchItem[] {
  const told = items.some(({ kind }) => kind === 'FLAGS');
  const changed =
    selection.folder.flagLog.at(-1) === message && items.some((item) => item.kind === 'BODY' && item.marksSeen);
  if (told || changed) selection.hasShown(message);
  if (told || !changed) return items;
  const at = items[0]?.kind === 'UID' ? 1 : 0;
  return items.toSpliced(at, 0, { kind: 'FLAGS' });
}

function value(kind: SimpleItem, selection: Selection, { message }: Numbered, garble: Garble): string {
  switch (kind) {
    case 'UID':
      return String(message.uid);
    case 'FLAGS':
      return flagList([...selection.flagsOf(message), ...(garble === 'keyword' ? ['100%'] : [])]);
    case 'INTERNALDATE':
      return `"${formatDateTime(message.internalDate)}"`;
    case 'RFC822.SIZE':
      return String(message.size);
    case 'MODSEQ':
      return `(${message.modseq})`;
    case 'X-GM-MSGID':
      return String(message.labelled?.msgId ?? 0n);
    case 'X-GM-THRID':
      return String(message.labelled?.threadId ?? 0n);
    case 'X-GM-LABELS':
      return `(${(message.labelled?.labelsBeside(selection.folder) ?? []).join(' ')})`;
  }
}

function partOf(bytes: Buffer, partial: { readonly from: number; readonly length: number } | null): Buffer {
  return partial ? bytes.subarray(partial.from, partial.from + partial.length) : bytes;
}
