import { plural, showBytes, showShortCount } from '../../../words/units.js';
import { toggleAll, toggleMark } from '../../components/marks.js';
import { AT_TOP, keepInView, type Scroll, type ScrollMove, scrollBy } from '../../components/scroll.js';
import { EMPTY_TEXT, type TextValue, textOf, typeInto } from '../../components/text-value.js';
import type { Key } from '../../terminal/keys.js';
import { textFilter } from '../../text/filter-text.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { aimed, marked, type Spans, span } from '../../text/spans.js';
import type { FolderSeen } from './services.js';

/** The list of folders while it is open. */
export interface FolderList {
  readonly ticked: ReadonlySet<string>;
  readonly search: TextValue;
  readonly typing: 'search' | 'list';
  readonly scroll: Scroll;
  /** The folders that the search finds. */
  readonly shown: readonly FolderSeen[];
}

export type FolderListAction =
  | { readonly do: 'move'; readonly to: ScrollMove }
  /** Null: the one under the cursor. */
  | { readonly do: 'tick'; readonly index: number | null }
  | { readonly do: 'all' | 'search' | 'list' | 'clear' }
  | { readonly do: 'type'; readonly key: Key };

export function openList(folders: readonly FolderSeen[], ticked: ReadonlySet<string>): FolderList {
  return { ticked, search: EMPTY_TEXT, typing: 'list', scroll: AT_TOP, shown: folders };
}

/** @param seen  folders that fit on the screen */
export function listAfter(
  now: FolderList,
  action: FolderListAction,
  { folders, seen }: { readonly folders: readonly FolderSeen[]; readonly seen: number },
): FolderList {
  switch (action.do) {
    case 'move':
      return { ...now, scroll: scrollBy(now.scroll, action.to, now.shown.length, seen) };
    case 'tick': {
      const index = action.index ?? now.scroll.cursor;
      const folder = now.shown[index];
      if (!folder) return now;
      const scroll = keepInView({ ...now.scroll, cursor: index }, now.shown.length, seen);
      return { ...now, scroll, ticked: toggleMark(now.ticked, folder.path) };
    }
    case 'all':
      return {
        ...now,
        ticked: toggleAll(
          now.ticked,
          now.shown.map(({ path }) => path),
        ),
      };
    case 'search':
    case 'list':
      return { ...now, typing: action.do };
    case 'clear':
      return searched({ ...now, typing: 'list' }, EMPTY_TEXT, folders);
    case 'type':
      return searched(now, typeInto(now.search, action.key), folders);
  }
}

function searched(now: FolderList, search: TextValue, folders: readonly FolderSeen[]): FolderList {
  const { matches } = textFilter(textOf(search));
  return { ...now, search, scroll: AT_TOP, shown: folders.filter(({ shown }) => matches(shown)) };
}

const MESSAGES = 9;
const SIZE = 10;

/** `▸[x] Archive/2019   1,204   34.1 MB` @param width  cells */
export function folderLine(list: FolderList, index: number, width: number, glyphs: Glyphs): Spans {
  const folder = list.shown[index];
  if (!folder) return [];
  const { shown, path, messages, bytes } = folder;
  const isHere = list.typing === 'list' && index === list.scroll.cursor;
  const right = (text: string, cells: number) => fitText(text, cells, { align: 'right' });
  const line: Spans = [
    isHere ? glyphs.cursor : ' ',
    span(list.ticked.has(path) ? 'accent' : 'dim', list.ticked.has(path) ? '[x] ' : '[ ] '),
    fitText(shown, Math.max(8, width - 5 - MESSAGES - SIZE), { ellipsis: glyphs.ellipsis, cut: 'middle' }),
    span('dim', right(messages === null ? '' : showShortCount(messages), MESSAGES)),
    span('dim', right(bytes === null ? '' : showBytes(bytes), SIZE)),
  ];
  return aimed({ part: String(index) }, isHere ? marked(line, 'selected') : line);
}

/** `1,204 messages, 34.1 MB`: the size only where that of each is known. */
export function amountText(ticked: ReadonlySet<string>, folders: readonly FolderSeen[]): string {
  let [messages, bytes, isKnown] = [0, 0, true];
  for (const folder of folders) {
    if (!ticked.has(folder.path)) continue;
    messages += folder.messages ?? 0;
    bytes += folder.bytes ?? 0;
    isKnown &&= folder.bytes !== null || folder.messages === 0;
  }
  return isKnown ? `${plural(messages, 'message')}, ${showBytes(bytes)}` : plural(messages, 'message');
}
