import { type ReactElement, useMemo } from 'react';
import type { FolderEntity, MailboxEntity } from '../../../protocol/entities.js';
import { sortRows } from '../../components/columns.js';
import { Lines } from '../../components/Lines.js';
import { ruleLine } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useLook } from '../../look.js';
import { useTyped, useView } from '../../model/context.js';
import { filterLog, WHOLE_LOG } from '../../select/log-filter.js';
import { drainOf } from '../../select/states.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { textFilter } from '../../text/filter-text.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useErrors } from '../shared/use-errors.js';
import { useFilter } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useSort } from '../shared/use-sort.js';
import { folderColumns } from './folder-columns.js';
import { overviewLines } from './overview-lines.js';
import { errorLines, historyLines, tailLines } from './section-lines.js';
import { type DrawnSections, SECTIONS, type Section, sectionsIn } from './sections.js';
import { useMailboxKeys } from './use-mailbox-keys.js';

const idOf = ({ source }: FolderEntity) => source;

/** One mailbox: how it stands, its folders, its history, its log and its errors. */
export function MailboxScreen({ params, width, height }: ScreenProps): ReactElement {
  const { mailboxes } = useView();
  const mailbox = mailboxes.find(({ id }) => id === params.mailbox);
  if (mailbox) return <KnownMailbox mailbox={mailbox} width={width} height={height} />;
  const said: Spans = [' ', span('dim', `no mailbox ${params.email ?? params.mailbox ?? ''} in this batch`)];
  return (
    <Page height={height}>
      <Lines lines={[said]} width={width} height={height - 1} />
    </Page>
  );
}

function KnownMailbox(props: { mailbox: MailboxEntity; width: number; height: number }): ReactElement {
  const { mailbox, width, height } = props;
  const { now, log, batch } = useView();
  const typed = useTyped();
  const { glyphs } = useLook();
  const filter = useFilter();
  useClearing(filter, null);
  const errors = useErrors({ mailbox: mailbox.id, filter: '', by: 'code' });
  const [section, setSection] = useKept<Section>('section', mailbox.errors > 0 ? 'errors' : 'history');
  const columns = folderColumns(mailbox.folder, glyphs);
  const sort = useSort(columns, 'as the server lists them');
  const overview = overviewLines(mailbox, width, now, glyphs, typed, drainOf(batch));
  const room = height - 1 - overview.length;
  const matching = useMatching(mailbox.folders, filter.text);
  const folders = sortRows(matching, columns, sort.order);
  // The folders get what they need up to half of the room; what is below gets the rest.
  const tableHeight = Math.max(4, Math.min(folders.length + 2, Math.ceil(room / 2)));
  const seen = tableHeight - 2;
  const list = useList('folders', folders, idOf, seen);
  const own = useMemo(
    () => filterLog(log, { ...WHOLE_LOG, least: 'debug', mailbox: mailbox.email }),
    [log, mailbox.email],
  );

  useMailboxKeys(mailbox, list, {
    'mailbox.section': () => setSection((at) => SECTIONS[(SECTIONS.indexOf(at) + 1) % SECTIONS.length] ?? 'history'),
    'mailbox.filter': filter.open,
    'mailbox.sort': sort.open,
  });
  const below = room - tableHeight;
  const drawn: DrawnSections = {
    history: () => historyLines(mailbox, now, glyphs),
    log: (lines) => tailLines(own, width, lines, glyphs),
    errors: () => errorLines(errors),
  };
  const sections = sectionsIn(below, section, drawn, width, glyphs);
  const title: Spans = [span('strong', `folders ${seenRange(list.scroll, folders.length, seen)}`), ...filter.said];
  const onTab = ({ part }: Click): void => {
    const tab = SECTIONS.find((one) => one === part);
    if (tab) setSection(tab);
  };
  return (
    <Page height={height} over={filter.line(width)}>
      <Lines lines={[...overview, ruleLine(title, width, glyphs)]} width={width} />
      <Table
        columns={columns}
        rows={folders}
        idOf={idOf}
        onRow={list.click}
        scroll={list.scroll}
        order={sort.order}
        onTitle={sort.by}
        width={width}
        height={tableHeight - 1}
        empty={mailbox.folders.length === 0 ? 'no folders are known yet' : 'no folder matches the filter'}
      />
      <Lines lines={sections} width={width} height={below} onClick={onTab} />
    </Page>
  );
}

/** Folders whose name on one of the sides matches the filter. */
function useMatching(folders: readonly FolderEntity[], filter: string): readonly FolderEntity[] {
  return useMemo(() => {
    const { matches } = textFilter(filter);
    return folders.filter(({ source, destination }) => matches(`${source}\n${destination}`));
  }, [folders, filter]);
}
