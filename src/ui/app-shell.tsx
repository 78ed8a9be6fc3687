import { Box } from 'ink';
import { type ReactElement, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { EngineClient } from '../protocol/client.js';
import type { Clock } from '../words/clock.js';
import type { KeyHub } from './keys/dispatch.js';
import { idleText } from './keys/idle-text.js';
import type { MouseHub } from './keys/mouse-hub.js';
import { choicesOf } from './keys/palette.js';
import { statusLines } from './keys/status-line.js';
import { KeyHubContext, useActive, useKeys } from './keys/use-keys.js';
import { LookContext } from './look.js';
import { type Shell, ShellContext } from './shell/context.js';
import { Palette } from './shell/Palette.js';
import { ShellFrame } from './shell/ShellFrame.js';
import type { Screen } from './shell/screen.js';
import { crumbsOf, firstScreen, goBack, goInto, goTo, type ScreenStack, topOf } from './shell/screen-stack.js';
import { DEEPER_BINDINGS, SHELL_BINDINGS, screenBindings } from './shell/shell-keys.js';
import { helpPage, messagesPage } from './shell/shell-pages.js';
import { TooSmall } from './shell/TooSmall.js';
import { useOffers } from './shell/use-offers.js';
import { useOverlay } from './shell/use-overlay.js';
import { useToasts } from './shell/use-toasts.js';
import type { Key } from './terminal/keys.js';
import type { ScreenSize } from './terminal/tty.js';
import type { Glyphs } from './text/glyphs.js';
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
  const { access, screens, hub, size, fits } = props;
  const [stack, setStack] = useState<ScreenStack>(() => firstScreen(props.first));
  const { toasts, toast, seen } = useToasts(props.clock);
  const { overlay, show, close, ask } = useOverlay(size.columns);
  const kept = useRef(new Map<string, unknown>());
  const top = topOf(stack);
  const active = useActive();
  const offers = useOffers(overlay?.at !== 'middle' && !hub.isTyping, ask, close);
  const shell: Shell = {
    ...shellOf(props, toast),
    crumbs: crumbsOf(stack, screens),
    go: (screen, params = {}) => setStack((now) => goInto(now, screen, params)),
    back: () => setStack(goBack),
    ask,
    ...offers,
    overlay: (node) => show(node === null ? null : { at: 'middle', node }),
    kept: kept.current,
    entryId: top.id,
  };
  // No key is silent: one that does nothing says why.
  useLayoutEffect(() => hub.onUnused(({ name }: Key) => toast('text', idleText(hub.idle(name), name))));
  const isDeeper = stack.entries.length > 1;
  const page = { size, onClose: close };
  useKeys(
    [...screenBindings(screens), ...(isDeeper ? DEEPER_BINDINGS : SHELL_BINDINGS)],
    {
      ...Object.fromEntries(screens.map(({ name }) => [`go.${name}`, () => setStack((now) => goTo(now, name))])),
      'shell.palette': () => {
        const width = Math.min(76, size.columns - 4);
        show({ at: 'middle', node: <Palette choices={choicesOf(hub.active())} width={width} onClose={close} /> });
      },
      'shell.theme': props.onTheme,
      'shell.messages': () => show({ at: 'page', node: messagesPage(toasts, { ...page, glyphs: props.glyphs }) }),
      'shell.help': () => show({ at: 'page', node: helpPage(top.screen, screens, { ...page, access }) }),
      'shell.back': isDeeper ? shell.back : undefined,
      'shell.leave': () => props.onLeave(0),
    },
    { level: 'shell' },
  );
  const hints = statusLines(active, size.columns, 2, hub.lead());
  const Shown = screens.find(({ name }) => name === top.screen)?.component;
  return (
    <ShellContext.Provider value={shell}>
      {fits ? (
        <ShellFrame {...{ size, hints, overlay }} mouse={props.mouse} toast={seen}>
          {Shown && <Shown key={top.id} params={top.params} width={size.columns} height={size.rows - hints.length} />}
        </ShellFrame>
      ) : (
        <TooSmall least={LEAST_SIZE} />
      )}
    </ShellContext.Provider>
  );
}

/** The services of the shell that need nothing but what it was given. */
function shellOf(
  { client, clock, access, onCopy, onLeave }: AppShellProps,
  toast: Shell['toast'],
): Pick<Shell, 'client' | 'clock' | 'access' | 'toast' | 'copy' | 'leave'> {
  return {
    ...{ client, clock, access, toast },
    copy: (text, what) =>
      onCopy(text) ? toast('good', `${what} copied`) : toast('alert', `${what}: too long for the clipboard`),
    leave: onLeave,
  };
}
