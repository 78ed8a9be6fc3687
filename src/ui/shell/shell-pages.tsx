import type { ReactElement } from 'react';
import { toastHistory } from '../components/ToastLine.js';
import type { ToastList } from '../components/toast-list.js';
import type { BindingTable } from '../keys/bindings.js';
import { helpFound, helpLines, helpTables } from '../keys/help.js';
import type { ScreenSize } from '../terminal/tty.js';
import { textFilter } from '../text/filter-text.js';
import type { Glyphs } from '../text/glyphs.js';
import { type Spans, span } from '../text/spans.js';
import { ScrolledPage } from './ScrolledPage.js';
import type { Screen } from './screen.js';
import { SHELL_BINDINGS, screenBindings } from './shell-keys.js';

/** Below the keys of the help. */
const HELP_FOOT: readonly Spans[] = [
  [],
  [' ', span('dim', 'Capitals and control keys may change the work; small letters only look.')],
  [' ', span('dim', 'A screen reader gets lines instead: INK_SCREEN_READER=true, or --plain.')],
];

interface Page {
  readonly size: ScreenSize;
  readonly onClose: () => void;
}

/** The keys that work on a screen; a search looks through the keys of all screens. @param name  of the screen */
export function helpPage(
  name: string,
  screens: readonly Screen[],
  { size, access, onClose }: Page & { readonly access: 'full' | 'read-only' },
): ReactElement {
  const here = screens.find((one) => one.name === name);
  const own: readonly BindingTable[] = [
    ...(here ? [{ title: here.label, bindings: here.bindings }] : []),
    { title: 'everywhere', bindings: [...screenBindings(screens), ...SHELL_BINDINGS] },
  ];
  // Screens that share their keys are listed once.
  const others = screens.filter(
    (one, at) =>
      one.bindings !== here?.bindings && screens.findIndex(({ bindings }) => bindings === one.bindings) === at,
  );
  const all = [...own, ...others.map(({ label, bindings }) => ({ title: label, bindings }))];
  const linesFor = (words: string): readonly Spans[] =>
    words.trim() === ''
      ? [...helpLines(helpTables(own, access), size.columns), ...HELP_FOOT]
      : helpLines(helpFound(helpTables(all, access), words), size.columns);
  return <ScrolledPage title="help" {...{ linesFor }} height={size.rows - 1} onClose={onClose} />;
}

/** The messages of this session, the latest first. */
export function messagesPage(
  toasts: ToastList,
  { size, glyphs, onClose }: Page & { readonly glyphs: Glyphs },
): ReactElement {
  const linesFor = (words: string): readonly Spans[] => {
    const { matches } = textFilter(words);
    return toastHistory(
      toasts.filter(({ text }) => matches(text)),
      size.columns,
      glyphs,
    );
  };
  return <ScrolledPage title="messages" {...{ linesFor }} height={size.rows - 1} onClose={onClose} />;
}
