import { type ReactElement, useEffect, useMemo } from 'react';
import type { Morning } from '../../../protocol/answers.js';
import type { MailboxEntity } from '../../../protocol/entities.js';
import { eachOf, type Need, needsOf } from '../../../protocol/needs.js';
import { Lines } from '../../components/Lines.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useTyped, useView } from '../../model/context.js';
import { type MorningRow, morningRows } from '../../select/morning.js';
import { needTarget } from '../../select/needs.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { useTriage } from '../errors/actions/use-triage.js';
import { Page } from '../shared/Page.js';
import { useList } from '../shared/use-list.js';
import { useGiveUp, useOpenMailboxes, useOpenNeed } from '../shared/use-needs.js';
import { MORNING_BINDINGS } from './bindings.js';
import { detailLines, morningLines, titlesOf } from './morning-lines.js';
import { nextLines, resultsLines } from './results-lines.js';

const idOf = ({ id }: MorningRow) => id;

/**
 * How the batch stands and what is open, by cause, the worst first; each row is answered from here. Below it what
 * happened since an operator last looked, and what was given up.
 *
 * @param params  `need`: only the mailboxes of that cause, one by one
 */
export function MorningScreen({ params, width, height }: ScreenProps): ReactElement {
  const view = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const { services } = useBatchConsole();
  const typed = useTyped();
  const { mailboxes, now } = view;
  const openMailboxes = useOpenMailboxes();
  const giveUp = useGiveUp();
  const { morning, trouble } = useMorning();
  const rows = useRows(mailboxes, morning, params.need);
  const results = resultsLines(view, width, glyphs);
  const next = nextLines(view, services.typed);
  const detailHeight = Math.min(6, Math.floor((height - results.length - next.length) / 4));
  const room = height - 1 - results.length - next.length - detailHeight;
  const seen = Math.max(1, room - titlesOf(rows));
  const list = useList('morning', rows, idOf, seen);
  const { current } = list;
  const need = current?.kind === 'need' ? current.need : null;
  const triage = useTriage(needTarget(need), () => undefined);
  const follow = useFollow();
  useKeys(MORNING_BINDINGS, {
    ...list.actions,
    ...triage,
    // Of a mailbox that nobody could look into all is left out.
    'triage.skip': need && isUnseen(need) ? () => giveUp(need.mailboxes) : triage['triage.skip'],
    'morning.mailbox': need ? () => openMailboxes(need) : undefined,
    'morning.give-up': need ? () => giveUp(need.mailboxes) : undefined,
    'morning.line':
      rows.length === 0
        ? undefined
        : (key) => {
            const row = rows[list.scroll.top + Number(key) - 1];
            if (row) follow(row);
            else shell.toast('text', `there is no line ${key}`);
          },
    'morning.open': current ? () => follow(current) : undefined,
  });
  const { top, cursor } = list.scroll;
  const clickRow = ({ part }: Click): void => {
    const at = rows.findIndex(({ id }) => id === part);
    if (at >= 0) list.click(at);
  };
  const look = { width, now, since: morning?.since ?? null, glyphs, typed };
  const body: readonly Spans[] =
    rows.length > 0
      ? morningLines(rows, { ...look, top, cursor, seen })
      : [[], [' ', span('dim', morning === null && trouble === null ? 'asking the engine' : 'nothing needs you')]];
  return (
    <Page height={height}>
      <Lines lines={results} width={width} height={results.length} />
      <Lines lines={body} width={width} height={room} onClick={clickRow} />
      <Lines lines={detailLines(current, detailHeight, look)} width={width} height={detailHeight} />
      <Lines lines={next} width={width} height={next.length} />
    </Page>
  );
}

/** A login stands before all of it: there is no message that could be left out. */
function isUnseen({ answer }: Need): boolean {
  return answer === 'password' || answer === 'certificate';
}

/** Goes where a row is answered. */
function useFollow(): (row: MorningRow) => void {
  const shell = useShell();
  const openNeed = useOpenNeed();
  return (row) => {
    if (row.kind === 'need') openNeed(row.need);
    else if (row.kind === 'given up' || row.line.kind === 'refused again') shell.go('decisions');
    else shell.back();
  };
}

/** @param only  key of the cause whose mailboxes are listed, one by one; undefined: all is */
function useRows(
  mailboxes: readonly MailboxEntity[],
  morning: Morning | null,
  only: string | undefined,
): readonly MorningRow[] {
  return useMemo(() => {
    const needs = needsOf(mailboxes);
    if (only !== undefined) return morningRows(needs.filter(({ key }) => key === only).flatMap(eachOf), [], []);
    const givenUp = mailboxes.filter(({ state }) => state.kind === 'given-up');
    return morningRows(needs, morning?.lines ?? [], givenUp);
  }, [mailboxes, morning, only]);
}

/** The events as the engine told them when the screen was opened. Leaving it tells the engine that somebody looked. */
function useMorning(): { readonly morning: Morning | null; readonly trouble: string | null } {
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const [morning, set] = useKept<Morning | null>('told', null);
  const [trouble, setTrouble] = useKept<string | null>('trouble', null);
  const isKnown = morning !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; it stays when one comes back from where a line led
  useEffect(() => {
    if (isKnown) return;
    void model.command({ do: 'morning' }).then((answer) => {
      if (answer.ok) set(answer.morning);
      else setTrouble(answer.why);
    });
  }, [model]);
  useEffect(() => {
    if (!isKnown || shell.access === 'read-only') return;
    return () => void model.command({ do: 'looked', by: services.operator });
  }, [isKnown, shell.access, model, services]);
  return { morning, trouble };
}
