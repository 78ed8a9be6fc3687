import { Box } from 'ink';
import { type ReactElement, type ReactNode, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { EngineClient } from '../protocol/client.js';
import type { Clock } from '../words/clock.js';
import { Dialog } from './components/Dialog.js';
import { textFilter } from './components/filter-text.js';
import { Lines } from './components/Lines.js';
import { ToastLine, toastHistory } from './components/ToastLine.js';
import { addToast, shownToast, shownUntil, type Toast, type ToastList } from './components/toast-list.js';
import type { BindingTable } from './keys/bindings.js';
import type { KeyHub } from './keys/dispatch.js';
import { helpFound, helpLines, helpTables } from './keys/help.js';
import { idleText } from './keys/idle-text.js';
import type { MouseHub } from './keys/mouse-hub.js';
import { choicesOf } from './keys/palette.js';
import { statusLines } from './keys/status-line.js';
import { KeyHubContext, useActive, useKeys } from './keys/use-keys.js';
import { MouseContext } from './keys/use-mouse.js';
import { LookContext } from './look.js';
import { type Shell, ShellContext } from './shell/context.js';
import { Palette } from './shell/Palette.js';
import { ScrolledPage } from './shell/ScrolledPage.js';
import type { Screen } from './shell/screen.js';
import { crumbsOf, firstScreen, goBack, goInto, goTo, type ScreenStack, topOf } from './shell/screen-stack.js';
import { DEEPER_BINDINGS, SHELL_BINDINGS, screenBindings } from './shell/shell-keys.js';
import { TooSmall } from './shell/TooSmall.js';
import { useOffers } from './shell/use-offers.js';
import type { Key } from './terminal/keys.js';
import type { ScreenSize } from './terminal/tty.js';
import type { Glyphs } from './text/glyphs.js';
import { type Spans, span } from './text/spans.js';
import { nextTheme, THEMES, type ThemeName } from './text/theme.js';

/** The least that the screens are drawn for. */
const LEAST_SIZE: ScreenSize = { columns: 80, rows: 24 };

export interface AppShellProps {
  readonly client: EngineClient;
  readonly clock: Clock;
  readonly hub: KeyHub;
  readonly mouse: MouseHub;
  readonly access: 'full' | 'read-only';
  readonly screens: readonly Screen[];
  /** Name of the screen that is seen first. */
  readonly first: string;
  readonly size: ScreenSize;
  readonly theme: ThemeName;
  readonly glyphs: Glyphs;
  /** @returns false where the clipboard does not take so much */
  readonly onCopy: (text: string) => boolean;
  readonly onLeave: (exitCode: number) => void;
}

/** Below the keys of the help. */
const HELP_FOOT: readonly Spans[] = [
  [],
  [' ', span('dim', 'Capitals and control keys may change the work; small letters only look.')],
  [' ', span('dim', 'A screen reader gets lines instead: INK_SCREEN_READER=true, or --plain.')],
];

/** The overlay above the screen. */
type Overlay = { readonly at: 'middle' | 'page'; readonly node: ReactNode } | null;

/** Around every screen: where one is, the keys that are the same everywhere, the palette, help and messages. */
export function AppShell(props: AppShellProps): ReactElement {
  const [theme, turn] = useReducer(nextTheme, props.theme);
  const { columns, rows } = props.size;
  const look = useMemo(
    () => ({ theme: THEMES[theme], glyphs: props.glyphs, columns, rows }),
    [theme, props.glyphs, columns, rows],
  );
  const fits = columns >= LEAST_SIZE.columns && rows >= LEAST_SIZE.rows;
  return (
    <KeyHubContext.Provider value={props.hub}>
      <LookContext.Provider value={look}>
        <Box width={columns} height={rows}>
          <Inside {...props} onTheme={turn} fits={fits} />
        </Box>
      </LookContext.Provider>
    </KeyHubContext.Provider>
  );
}

type InsideProps = AppShellProps & { readonly onTheme: () => void; readonly fits: boolean };

function Inside(props: InsideProps): ReactElement {
  const { client, clock, access, screens, hub, size, fits } = props;
  const [stack, setStack] = useState<ScreenStack>(() => firstScreen(props.first));
  const [overlay, setOverlay] = useState<Overlay>(null);
  const { toasts, toast, seen } = useToasts(clock);
  const kept = useRef(new Map<string, unknown>());
  const unanswered = useRef<((answer: 'no') => void) | null>(null);
  const top = topOf(stack);
  const show = (next: Overlay): void => {
    // A question that is covered is answered with no: nothing is done that nobody confirmed.
    unanswered.current?.('no');
    unanswered.current = null;
    setOverlay(next);
  };
  const close = () => show(null);
  const ask: Shell['ask'] = (question) =>
    new Promise((resolve) => {
      const answer = (given: 'yes' | 'no'): void => {
        unanswered.current = null;
        setOverlay(null);
        resolve(given);
      };
      show({ at: 'middle', node: <Dialog {...question} width={Math.min(70, size.columns - 8)} onAnswer={answer} /> });
      unanswered.current = resolve;
    });
  const active = useActive();
  const offer = useOffers(overlay?.at !== 'middle' && !hub.isTyping, ask);

  const shell: Shell = {
    client,
    clock,
    access,
    crumbs: crumbsOf(stack, screens),
    go: (screen, params = {}) => setStack((now) => goInto(now, screen, params)),
    back: () => setStack(goBack),
    toast,
    ask,
    offer,
    overlay: (node) => show(node === null ? null : { at: 'middle', node }),
    copy: (text, what) =>
      props.onCopy(text) ? toast('good', `${what} copied`) : toast('alert', `${what}: too long for the clipboard`),
    leave: props.onLeave,
    kept: kept.current,
    entryId: top.id,
  };

  const goes = screenBindings(screens);
  // No key is silent: one that does nothing says why.
  useLayoutEffect(() => hub.onUnused(({ name }: Key) => toast('text', idleText(hub.idle(name), name))));
  const help = (): void => {
    const here = screens.find(({ name }) => name === top.screen);
    const own: readonly BindingTable[] = [
      ...(here ? [{ title: here.label, bindings: here.bindings }] : []),
      { title: 'everywhere', bindings: [...goes, ...SHELL_BINDINGS] },
    ];
    // Screens that share their keys are listed once.
    const others = screens.filter(
      (one, at) =>
        one.bindings !== here?.bindings && screens.findIndex(({ bindings }) => bindings === one.bindings) === at,
    );
    const all = [...own, ...others.map(({ label, bindings }) => ({ title: label, bindings }))];
    // A search looks through the keys of all screens; without one those are shown that work here.
    const linesFor = (words: string): readonly Spans[] =>
      words.trim() === ''
        ? [...helpLines(helpTables(own, access), size.columns), ...HELP_FOOT]
        : helpLines(helpFound(helpTables(all, access), words), size.columns);
    show({ at: 'page', node: <ScrolledPage title="help" {...{ linesFor }} height={size.rows - 1} onClose={close} /> });
  };
  useKeys(
    [...goes, ...(stack.entries.length > 1 ? DEEPER_BINDINGS : SHELL_BINDINGS)],
    {
      ...Object.fromEntries(screens.map(({ name }) => [`go.${name}`, () => setStack((now) => goTo(now, name))])),
      'shell.palette': () => {
        const choices = choicesOf(hub.active());
        show({
          at: 'middle',
          node: <Palette choices={choices} width={Math.min(76, size.columns - 4)} onClose={close} />,
        });
      },
      'shell.theme': props.onTheme,
      'shell.messages': () => {
        const linesFor = (words: string) => {
          const { matches } = textFilter(words);
          return toastHistory(
            toasts.filter(({ text }) => matches(text)),
            size.columns,
            props.glyphs,
          );
        };
        const page = <ScrolledPage title="messages" {...{ linesFor }} height={size.rows - 1} onClose={close} />;
        show({ at: 'page', node: page });
      },
      'shell.help': help,
      'shell.back': stack.entries.length > 1 ? shell.back : undefined,
      'shell.leave': () => props.onLeave(0),
    },
    { level: 'shell' },
  );

  const mouse = useMemo(
    () => ({ open: { hub: props.mouse, reach: 'open' }, covered: { hub: props.mouse, reach: 'covered' } }) as const,
    [props.mouse],
  );
  const hints = statusLines(active, size.columns, 2, hub.lead());
  const height = size.rows - hints.length;
  const Shown = screens.find(({ name }) => name === top.screen)?.component;
  if (!fits) return <TooSmall least={LEAST_SIZE} />;
  return (
    <ShellContext.Provider value={shell}>
      <MouseContext.Provider value={mouse.open}>
        <Box width={size.columns} height={size.rows} flexDirection="column">
          <Box width={size.columns} height={height} flexDirection="column" flexShrink={0}>
            <MouseContext.Provider value={overlay?.at === 'middle' ? mouse.covered : mouse.open}>
              {overlay?.at === 'page'
                ? overlay.node
                : Shown && <Shown key={top.id} params={top.params} width={size.columns} height={height} />}
            </MouseContext.Provider>
          </Box>
          <Lines lines={hints} width={size.columns} />
          {overlay?.at === 'middle' && (
            <Box position="absolute" width={size.columns} height={height} alignItems="center" justifyContent="center">
              {overlay.node}
            </Box>
          )}
          {seen && (
            <Box position="absolute" marginTop={height - 1}>
              <ToastLine toast={seen} width={size.columns} />
            </Box>
          )}
        </Box>
      </MouseContext.Provider>
    </ShellContext.Provider>
  );
}

interface Toasts {
  readonly toasts: ToastList;
  readonly toast: (tone: Toast['tone'], text: string) => void;
  /** The one on screen; null once its time is over. */
  readonly seen: Toast | null;
}

function useToasts(clock: Clock): Toasts {
  const [toasts, add] = useReducer(addToast, []);
  const [, over] = useReducer((n: number) => n + 1, 0);
  const seen = shownToast(toasts, clock.now());
  useLayoutEffect(() => {
    if (!seen) return;
    const stop = new AbortController();
    void clock.sleep(shownUntil(seen) - clock.now(), stop.signal).then(() => {
      if (!stop.signal.aborted) over();
    });
    return () => stop.abort();
  }, [seen, clock]);
  return { toasts, toast: (tone, text) => add({ at: clock.now(), tone, text }), seen };
}
