import { Box } from 'ink';
import { type ReactElement, type ReactNode, useEffect } from 'react';
import type { BatchEntity } from '../../../protocol/entities.js';
import { showClock, showMinute, showZone } from '../../../words/times.js';
import { keyOf } from '../../keys/bindings.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useView } from '../../model/context.js';
import type { ConsoleView } from '../../model/view.js';
import { exitText, needYou, waitingText } from '../../select/states.js';
import { Breadcrumbs } from '../../shell/Breadcrumbs.js';
import { type Shell, useShell } from '../../shell/context.js';
import { crumbsWidth } from '../../shell/crumb-spans.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { batchActions, batchBindings, LEAVE_ENDED, startAgain, stoppedIn, stoppedText } from './batch-keys.js';
import { firstLine } from './first-line.js';

export interface PageProps {
  /** The text before the time in the first line. */
  readonly right?: Spans;
  readonly height: number;
  /** The line of the filter and what is wrong with it, over the last lines. */
  readonly over?: ReactNode;
  readonly children: ReactNode;
}

/** A screen of a batch: its first line with the time, and what every one of them must not hide. */
export function Page({ right = [], height, over = null, children }: PageProps): ReactElement {
  const view = useView();
  const { glyphs, columns } = useLook();
  const { model } = useBatchConsole();
  const shell = useShell();
  const session = [...needsSpans(view, glyphs, columns), ...sessionSpans(view, glyphs, shell.access)];
  useEngineWatch(view);
  useTheEnd(view);
  useKeys([...batchBindings(view), LEAVE_ENDED], batchActions(view, model, shell));
  return (
    <Box flexDirection="column" width={columns} height={height}>
      <Breadcrumbs right={firstLine(right, session, columns - crumbsWidth(shell.crumbs, glyphs))} />
      {children}
      {over && (
        <Box position="absolute" height={height} flexDirection="column" justifyContent="flex-end">
          {over}
        </Box>
      )}
    </Box>
  );
}

/** `02:14:07 CET`, and what is not as usual: read-only, paused, stopping, ended, gone. */
function sessionSpans({ link, batch, now }: ConsoleView, glyphs: Glyphs, access: Shell['access']): Spans {
  const looks: Spans = access === 'read-only' ? ['   ', span('accent', 'read-only')] : [];
  const time = `   ${showClock(now)} ${showZone(now)}`;
  switch (link.kind) {
    case 'gone':
      return [...looks, '   ', span('alert', `${glyphs.alert} no engine since ${showMinute(link.at, now)}`)];
    case 'ended':
      return [...looks, '   ', span('strong', `ended ${showMinute(now)}, ${exitText(link.exitCode)}`)];
    case 'opening':
      return [...looks, '   ', span('dim', 'reading')];
    case 'live':
      if (batch === null || batch.state === 'running') return [...looks, time];
      return [...looks, '   ', stateSpan(batch, glyphs), time];
  }
}

/** Columns from which the first line has room for it beside the names of the screens. */
const WIDE = 100;

/** How many mailboxes wait for the operator; at `waiting` the state says it already. */
function needsSpans({ batch, link }: ConsoleView, glyphs: Glyphs, columns: number): Spans {
  if (batch === null || link.kind !== 'live' || batch.state === 'waiting' || columns < WIDE) return [];
  return batch.needs === 0 ? [] : ['   ', span('alert', `${glyphs.alert} ${needYou(batch.needs)}`)];
}

function stateSpan(batch: BatchEntity, glyphs: Glyphs) {
  if (batch.state !== 'waiting') return span('alert', `${glyphs.unmarked} ${STATE_WORDS[batch.state]}`);
  const word = waitingText(batch);
  return word === 'all done' ? span('good', `${glyphs.good} ${word}`) : span('alert', `${glyphs.unmarked} ${word}`);
}

const STATE_WORDS = {
  running: 'running',
  paused: 'paused',
  draining: 'stopping',
  stopped: 'stopped',
  ended: 'ended',
} as const;

/** An engine that died is offered to be started again, once for each death. */
function useEngineWatch({ link, batch }: ConsoleView): void {
  const shell = useShell();
  const { model } = useBatchConsole();
  const diedAt = link.kind === 'gone' ? link.at : null;
  // The question outlives the screen that asked it; what it was asked for is the death and nothing else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each death, not for each frame
  useEffect(() => {
    if (diedAt === null || shell.access === 'read-only' || !model.mayComeUp('died')) return;
    void (async () => {
      const question = {
        title: 'the engine is gone',
        scope: `The engine of ${batch?.name ?? 'this batch'} ended without a word, or the line to it broke.`,
        samples: ['Nothing is lost: what was copied is recorded, and a new engine goes on from there.'],
        consequences: ['What is shown is what it said last.'],
        action: 'Start it again',
        first: 'action',
      } as const;
      const isGone = () => model.view().link.kind === 'gone';
      const answer = await shell.offer(question, isGone);
      if (answer === 'yes') await startAgain(model, shell);
      else if (!isGone()) shell.toast('text', 'another console or command has opened the batch again');
    })();
  }, [diedAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a question about an engine that is there again misleads
  useEffect(() => shell.reconsider(), [link.kind]);
}

/** Why the results come up. */
function endWords(end: 'ended' | 'waiting', view: ConsoleView): string {
  if (end === 'ended') return 'the batch has ended';
  const stopped = stoppedIn(view);
  if (stopped === 0)
    return view.batch?.needs === 0 ? 'nothing is left to do' : 'nothing is left to do but what waits for you';
  return `${stoppedText(stopped)}: ${keyOf('work.goOn')} lets all go on`;
}

/** Once nothing is at work any more the results come up by themselves, wherever the operator is; esc leads back there. */
function useTheEnd(view: ConsoleView): void {
  const shell = useShell();
  const { model } = useBatchConsole();
  const end = endOf(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each end, not for each frame
  useEffect(() => {
    if (end === null || !model.mayComeUp(end)) return;
    const show = (): void => {
      shell.go('morning', { of: 'the end' });
      shell.toast('text', `${endWords(end, model.view())}; esc leads back`);
    };
    shell.whenFree(show, () => endOf(model.view()) === end);
  }, [end]);
}

function endOf({ link, batch }: ConsoleView): 'ended' | 'waiting' | null {
  if (link.kind === 'ended') return 'ended';
  return link.kind === 'live' && batch?.state === 'waiting' ? 'waiting' : null;
}
