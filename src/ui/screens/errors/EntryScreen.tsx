import { type ReactElement, useReducer } from 'react';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { AT_TOP, type ScrollMove, scrollBy, seenRange } from '../../components/scroll.js';
import { useKeys } from '../../keys/use-keys.js';
import { useView } from '../../model/context.js';
import { useErrors } from '../../model/use-errors.js';
import { entryKey, entryText, groupKey } from '../../select/errors.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import type { ScreenProps } from '../../shell/screen.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { useSave } from '../shared/use-save.js';
import { ENTRY_BINDINGS } from './bindings.js';
import { entryLines } from './detail-lines.js';

/** One entry with the full response, and the responses of single messages that differ. */
export function EntryScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now, mailboxes } = useView();
  const shell = useShell();
  const save = useSave();
  const { groups } = useErrors(params.mailbox ?? null);
  const entry = groups
    ?.find((one) => groupKey(one) === params.group)
    ?.entries.find((one) => entryKey(one) === params.entry);
  const lines: readonly Spans[] = entry
    ? entryLines(entry, width, now)
    : [[' ', span('dim', groups === null ? 'asking the engine' : 'this is not open any more')]];
  const seen = height - 2;
  const lastTop = Math.max(1, lines.length - seen + 1);
  // The page itself moves: the cursor of a list that ends where the last page begins.
  const [scroll, move] = useReducer((at, to: ScrollMove) => scrollBy(at, to, lastTop, 1), AT_TOP);
  const id = mailboxes.find(({ email }) => email === entry?.mailbox)?.id;
  useKeys(ENTRY_BINDINGS, {
    ...scrollActions(move),
    'entry.mailbox':
      id === undefined ? undefined : () => shell.go('mailbox', { mailbox: id, email: entry?.mailbox ?? '' }),
    'entry.copy': entry ? () => shell.copy(entryText(entry), 'the error') : undefined,
    'entry.save': entry ? () => void save('error', [entryText(entry)]) : undefined,
  });
  const range =
    lines.length > seen ? `   lines ${seenRange({ cursor: 0, top: scroll.cursor }, lines.length, seen)}` : '';
  return (
    <Page height={height}>
      <Rule title={[span('strong', 'error'), range]} width={width} />
      <Lines lines={lines.slice(scroll.cursor, scroll.cursor + seen)} width={width} height={seen} />
    </Page>
  );
}
