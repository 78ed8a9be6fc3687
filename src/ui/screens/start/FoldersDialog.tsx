import { type ReactElement, useReducer } from 'react';
import { plural } from '../../../words/units.js';
import { button } from '../../components/button.js';
import { OverScreen } from '../../components/OverScreen.js';
import { paneLines } from '../../components/Pane.js';
import { keepInView, seenRange } from '../../components/scroll.js';
import { textOf } from '../../components/text-value.js';
import { type Binding, besideText, bind } from '../../keys/bindings.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { SCROLL_BINDINGS, scrollActions } from '../../shell/ScrolledPage.js';
import type { Key } from '../../terminal/keys.js';
import { aimed, type Spans, span } from '../../text/spans.js';
import { choiceOf, type FolderChoice, tickedBy } from './folder-choice.js';
import { amountText, type FolderList, type FolderListAction, folderLine, listAfter, openList } from './folder-list.js';
import type { FolderSeen } from './services.js';

const LIST_KEYS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.mark', {
    id: 'folders.tick',
    label: 'choose',
    description: 'Copy this folder, or leave it out',
    weight: 90,
  }),
  bind('look.markAll', {
    id: 'folders.all',
    label: 'all or none',
    description: 'All that are listed, or none of them',
    weight: 70,
  }),
  bind('look.filter', { id: 'folders.search', label: 'search', weight: 60 }),
  bind('look.open', { id: 'folders.take', label: 'take these', description: 'Take what is chosen', weight: 110 }),
  bind('look.back', {
    id: 'folders.close',
    label: 'as before',
    description: 'Leave the choice as it was',
    weight: 120,
  }),
  bind('look.leave', { id: 'folders.leave', label: 'as before', description: 'Leave the choice as it was', weight: 0 }),
];

const SEARCH_KEYS: readonly Binding[] = [
  bind('look.open', { id: 'search.keep', label: 'keep', description: 'Back to the list', weight: 90 }),
  bind('look.down', { id: 'search.down', description: 'Back to the list', weight: 0 }),
  bind('look.back', { id: 'search.clear', label: 'clear', description: 'List all folders again', weight: 100 }),
].map(besideText);

export interface FoldersDialogProps {
  readonly folders: readonly FolderSeen[];
  readonly choice: FolderChoice;
  readonly width: number;
  /** Lines of the box. */
  readonly height: number;
  readonly onTake: (choice: FolderChoice) => void;
  readonly onClose: () => void;
}

/** Parts of the box that can be clicked; a folder is a part by its number. */
const TAKE = 'take';
const SEARCH = 'search';
/** Lines of the box besides the folders: borders, the search, a blank, the button. */
const AROUND = 5;

/** The folders of an account with their messages and sizes: those that are ticked are copied. */
export function FoldersDialog({ folders, choice, width, height, onTake, onClose }: FoldersDialogProps): ReactElement {
  const { glyphs } = useLook();
  const seen = Math.max(1, height - AROUND);
  const [list, act] = useReducer(
    (now: FolderList, action: FolderListAction) => listAfter(now, action, { folders, seen }),
    null,
    () => openList(folders, tickedBy(choice, folders)),
  );
  const { ticked, shown, typing } = list;
  const take = ticked.size === 0 ? undefined : () => onTake(choiceOf(ticked, folders));
  useListKeys(typing, act, { take, onClose });
  const inner = width - 4;
  const scroll = keepInView(list.scroll, shown.length, seen);
  const body = Array.from({ length: seen }, (_, at) => folderLine(list, scroll.top + at, inner, glyphs));
  const none: Spans = [' ', span('dim', 'no folder has these words')];
  const lines: readonly Spans[] = [
    searchLine(list),
    ...(shown.length === 0 ? [none, ...body.slice(1)] : body),
    [],
    aimed({ part: TAKE }, [
      take === undefined
        ? span('alert', '   choose one at least')
        : button(`Copy ${plural(ticked.size, 'folder')}`, 'focused', glyphs),
      span('dim', `   ${amountText(ticked, folders)}`),
    ]),
  ];
  const status = seenRange(scroll, shown.length, seen);
  const pane = paneLines({ title: 'folders to copy', status, focus: 'focused', lines }, width, height, glyphs);
  const onClick = ({ part }: Click): void => {
    if (part === TAKE) take?.();
    else if (part === SEARCH) act({ do: 'search' });
    else if (part !== null) act({ do: 'tick', index: Number(part) });
  };
  return <OverScreen lines={pane} width={width} onClick={onClick} />;
}

interface Ends {
  /** Undefined: nothing is ticked. */
  readonly take: (() => void) | undefined;
  readonly onClose: () => void;
}

/** The keys of the list, or of its search while that is typed. */
function useListKeys(typing: FolderList['typing'], act: (action: FolderListAction) => void, ends: Ends): void {
  const isSearching = typing === 'search';
  useKeys(
    isSearching ? SEARCH_KEYS : LIST_KEYS,
    isSearching
      ? {
          'search.keep': () => act({ do: 'list' }),
          'search.down': () => act({ do: 'list' }),
          'search.clear': () => act({ do: 'clear' }),
        }
      : {
          ...scrollActions((to) => act({ do: 'move', to })),
          'folders.tick': () => act({ do: 'tick', index: null }),
          'folders.all': () => act({ do: 'all' }),
          'folders.search': () => act({ do: 'search' }),
          'folders.take': ends.take,
          'folders.close': ends.onClose,
          'folders.leave': ends.onClose,
        },
    {
      level: 'overlay',
      reach: 'modal',
      rest: (key: Key) => {
        if (isSearching) act({ do: 'type', key });
        return isSearching;
      },
    },
  );
}

/** `/ archive`: what is searched for, or how to. */
function searchLine({ search, typing }: FolderList): Spans {
  const text = textOf(search);
  if (typing === 'search') return [span('accent', ' / '), ...cursorIn(search)];
  return aimed({ part: SEARCH }, [span('dim', text === '' ? ' / finds folders by words' : ` / ${text}`)]);
}

function cursorIn({ chars, cursor }: FolderList['search']): Spans {
  return [chars.slice(0, cursor).join(''), span('selected', chars[cursor] ?? ' '), chars.slice(cursor + 1).join('')];
}
