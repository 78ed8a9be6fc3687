import { type ReactElement, useReducer } from 'react';
import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { plural, showCount } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { AT_TOP, type ScrollMove, scrollBy, seenRange } from '../../components/scroll.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useTyped, useView } from '../../model/context.js';
import { entryText, responseTo } from '../../select/errors.js';
import { uidTarget } from '../../select/triage-target.js';
import { countOf, nthUid, uidRanges } from '../../select/uid-ranges.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { useErrors } from '../shared/use-errors.js';
import { useOpenMailbox } from '../shared/use-open-mailbox.js';
import { saveMessageForm } from './actions/command-forms.js';
import { useCommand } from './actions/use-command.js';
import { useTriage } from './actions/use-triage.js';
import { ENTRY_BINDINGS } from './bindings.js';
import { messageLines } from './message-lines.js';
import { uidLines } from './uid-lines.js';
import { useExplain } from './use-explain.js';
import { useMessages } from './use-message.js';

/** One entry, a message at a time: the full response, what is known of it, and what the message says of itself. */
export function EntryScreen({ params, width, height }: ScreenProps): ReactElement {
  const by = params.by === 'kind' ? 'kind' : 'code';
  const { groups, trouble } = useErrors({ mailbox: params.mailbox ?? null, filter: params.filter ?? '', by });
  const entry = groups?.find(({ key }) => key === params.group)?.entries.find(({ id }) => id === params.entry);
  if (entry) return <KnownEntry entry={entry} width={width} height={height} />;
  const said = groups === null ? (trouble ?? 'asking the engine') : 'nothing of this is there any more';
  return (
    <Page height={height}>
      <Lines lines={[[' ', span('dim', said)]]} width={width} height={height - 1} />
    </Page>
  );
}

function KnownEntry(props: { entry: ErrorEntryEntity; width: number; height: number }): ReactElement {
  const { entry, width, height } = props;
  const { now, mailboxes } = useView();
  const { glyphs } = useLook();
  const { services } = useBatchConsole();
  const shell = useShell();
  const typed = useTyped();
  const explain = useExplain();
  const openMailbox = useOpenMailbox();
  const messages = useMessages();
  const ask = useCommand();
  const [wanted, setWanted] = useKept('uid', 0);
  const ranges = uidRanges(entry.uids);
  const listed = countOf(ranges);
  const at = Math.max(0, Math.min(wanted, listed - 1));
  const uid = nthUid(ranges, at);
  const triage = useTriage(uidTarget(entry, uid), () => undefined);
  const id = mailboxes.find(({ email }) => email === entry.mailbox)?.id;
  const place =
    id === undefined || entry.folder === null || uid === null ? null : { mailbox: id, folder: entry.folder, uid };
  const looked = place === null ? null : messages.of(place);
  const response = uid === null ? entry.response : responseTo(entry, uid);
  const lines: readonly Spans[] = [
    ...(looked ? [...messageLines(looked, width, glyphs), []] : []),
    ...uidLines(entry, uid, { width, now, typed }),
  ];
  const seen = height - 2;
  const lastTop = Math.max(1, lines.length - seen + 1);
  // The page itself moves: the cursor of a list that ends where the last page begins.
  const [scroll, move] = useReducer((from, to: ScrollMove) => scrollBy(from, to, lastTop, 1), AT_TOP);
  const top = Math.min(scroll.cursor, lastTop - 1);
  const save = (): void => {
    if (place === null) return;
    const form = saveMessageForm({ ...place, email: entry.mailbox, id: place.mailbox }, services);
    ask(form, ({ saved }) => shell.toast('good', `saved to ${saved.path}`));
  };
  useKeys(ENTRY_BINDINGS, {
    ...scrollActions(move),
    ...triage,
    'entry.before': listed > 1 ? () => setWanted((n) => Math.max(0, Math.min(n, listed - 1) - 1)) : undefined,
    'entry.after': listed > 1 ? () => setWanted((n) => Math.min(listed - 1, n + 1)) : undefined,
    'entry.look': place ? () => messages.ask(place) : undefined,
    'entry.save': place ? save : undefined,
    'entry.explain': () => explain(response, entry),
    'entry.mailbox': id === undefined ? undefined : () => openMailbox(entry.mailbox),
    'entry.copy': () => shell.copy(entryText(entry), 'the error'),
  });
  const title: Spans = [
    span('strong', uid === null ? ofNoMessage(entry) : `UID ${uid}`),
    ...(uid === null ? [] : [`   ${at + 1} of ${showCount(Math.max(listed, entry.count))}`]),
    ...(lines.length > seen ? [`   lines ${seenRange({ cursor: 0, top }, lines.length, seen)}`] : []),
  ];
  return (
    <Page height={height}>
      <Rule title={title} width={width} />
      <Lines lines={lines.slice(top, top + seen)} width={width} height={seen} />
    </Page>
  );
}

function ofNoMessage({ doubled }: ErrorEntryEntity): string {
  return doubled > 0
    ? plural(doubled, 'second copy', 'second copies')
    : 'a failure beside the messages: of a login or a folder';
}
