import { constants } from 'node:os';
import { type Instance, render } from 'ink';
import { createElement, type ReactNode } from 'react';
import type { EngineClient } from '../protocol/client.js';
import type { Clock } from '../words/clock.js';
import { AppShell } from './app-shell.js';
import { KeyHub } from './keys/dispatch.js';
import { KeyQueue } from './keys/key-queue.js';
import { MouseHub } from './keys/mouse-hub.js';
import type { Screen } from './shell/screen.js';
import type { ConsoleIo } from './terminal/console-io.js';
import { FrameSink } from './terminal/frame-sink.js';
import { InkStdout } from './terminal/ink-stdout.js';
import { KeyReader } from './terminal/key-reader.js';
import { type Ending, TerminalSession } from './terminal/lifecycle.js';
import type { ConsoleMode } from './terminal/mode.js';
import { isMouse } from './terminal/mouse.js';
import { copySequence } from './terminal/osc52.js';
import { type SignsSource, TerminalSigns } from './terminal/signs.js';
import type { TerminalOutput } from './terminal/tty.js';
import { REPORT } from './terminal/unread.js';
import { ASK_VERSION, opensLinks, VERSION } from './terminal/version.js';
import { glyphsFor } from './text/glyphs.js';

export interface ConsoleParts {
  readonly client: EngineClient;
  readonly io: ConsoleIo;
  readonly clock: Clock;
  readonly mode: Extract<ConsoleMode, { kind: 'console' }>;
  readonly access: 'full' | 'read-only';
  readonly screens: readonly Screen[];
  readonly first: string;
  /** Around all screens: what they share (the model). */
  readonly within?: (screens: ReactNode) => ReactNode;
  /** Printed once the screen is left by the operator: that the engine goes on, and how to come back. */
  readonly farewell?: (exitCode: number) => string;
  /** Shown beside the screen; none: the title stays as it is. */
  readonly signs?: SignsSource;
}

/** The terminal says its name. */
function named(version: string, sink: FrameSink, signs: TerminalSigns | null): void {
  if (opensLinks(version)) sink.showLinks();
  signs?.named(version);
}

/** A screen without signs beside it: the terminal is asked for its name, which tells whether it opens links. */
const ONLY_ASKS = { enter: () => ASK_VERSION, leave: () => '' };

/** Exit codes of a shell begin here for a program that a signal ended. */
const BY_SIGNAL = 128;

/**
 * Draws the console until it is left, and puts the terminal back as it was.
 *
 * @returns 0 or the code it was left with; 128 and the signal's number; 1 after a bug, which is printed
 */
export async function runConsole(parts: ConsoleParts): Promise<number> {
  const { io, clock, mode } = parts;
  const { output } = io;
  const sink = new FrameSink(output, { clock, charset: mode.charset, isBusy: () => queue.hasMore });
  const hub = new KeyHub(parts.access);
  const mouse = new MouseHub(hub);
  let end: (how: Ending | number) => void = () => undefined;
  const ended = new Promise<Ending | number>((resolve) => {
    end = resolve;
  });
  const crash = (error: unknown) => end({ kind: 'crash', error });
  const queue = new KeyQueue(
    (key) => (isMouse(key) ? mouse.press(key) : void hub.press(key)),
    renderedAll,
    crash,
    () => sink.flush(),
  );
  const keys = new KeyReader(
    io.input,
    clock,
    (key) => {
      if (key.name === REPORT) return sink.reported();
      if (key.name === VERSION) return named(key.text, sink, signs);
      sink.hurry();
      if (key.name === 'ctrl+z') void sink.settled().then(session.suspend);
      // Somebody else wrote on the screen: a broadcast, a shell of before.
      else if (key.name === 'ctrl+l') sink.repaint();
      else queue.push(key);
    },
    () => end({ kind: 'hangup' }),
  );
  const tree = (): ReactNode => treeOf(parts, hub, mouse, end);
  const signs = parts.signs ? new TerminalSigns({ output, clock, source: parts.signs, wishes: mode.signs }) : null;
  const session = new TerminalSession({
    output,
    sink,
    keys,
    signs: signs ?? (mode.signs.title === 'shown' ? ONLY_ASKS : null),
    process: io.process,
    mouse: mode.mouse,
    onEnding: end,
    onRepaint: () => ink.rerender(tree()),
  });
  session.enter();
  const ink = drawTree(tree(), new InkStdout(sink, output));
  // A component that throws ends Ink.
  ink.waitUntilExit().catch(crash);
  const deaf = io.onResize(session.resized);
  const how = await staying(ended, clock);
  deaf();
  // An answer that comes later would be typed into the shell.
  if (typeof how === 'number') await sink.settled();
  session.leave();
  ink.unmount();
  ink.cleanup();
  const exitCode = exitCodeOf(how);
  sayFarewell(how, exitCode, parts);
  await session.end();
  return exitCode;
}

function treeOf(parts: ConsoleParts, hub: KeyHub, mouse: MouseHub, onLeave: (exitCode: number) => void): ReactNode {
  const { client, clock, access, screens, first, mode } = parts;
  const { output } = parts.io;
  const shell = createElement(AppShell, {
    ...{ client, clock, hub, mouse, access, screens, first, onLeave },
    size: output.size(),
    theme: mode.theme,
    glyphs: glyphsFor(mode.charset),
    onCopy: (text) => copy(text, output),
  });
  return parts.within ? parts.within(shell) : shell;
}

function drawTree(tree: ReactNode, stdout: InkStdout): Instance {
  return render(tree, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });
}

/** Keeps the process alive. Suspended, we listen to nothing that does: Node would end it as idle before SIGCONT. */
async function staying<T>(ended: Promise<T>, clock: Clock): Promise<T> {
  const over = new AbortController();
  void clock.sleep(FOR_EVER_MS, over.signal);
  const how = await ended;
  over.abort();
  return how;
}

function sayFarewell(how: Ending | number, exitCode: number, { io, farewell }: ConsoleParts): void {
  if (typeof how === 'number') {
    if (farewell) io.output.write(farewell(exitCode));
  } else if (how.kind === 'crash') io.output.write(`${story(how.error)}\n`);
}

/** Longer than any console; the clock takes it in pieces. */
const FOR_EVER_MS = 100 * 365 * 86_400_000;

/** React renders in a task of its own, and effects of it in another. */
async function renderedAll(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function copy(text: string, output: TerminalOutput): boolean {
  const sequence = copySequence(text);
  // The terminal that takes nothing would keep the whole of it in our memory.
  if (sequence === null || output.needsDrain) return false;
  output.write(sequence);
  return true;
}

function exitCodeOf(how: Ending | number): number {
  if (typeof how === 'number') return how;
  switch (how.kind) {
    case 'crash':
      return 1;
    case 'hangup':
      return BY_SIGNAL + constants.signals.SIGHUP;
    case 'signal':
      return BY_SIGNAL + constants.signals[how.signal];
  }
}

function story(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
