import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import type { Morning } from '../../../protocol/answers.js';
import type { Instant, MailboxEntity } from '../../../protocol/entities.js';
import { eachOf, needsOf } from '../../../protocol/needs.js';
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
  const { morning, told, trouble } = useMorning(now);
  const rows = useRows(mailboxes, morning, params.need);
  const causes = params.need === undefined ? rows.filter(({ kind }) => kind === 'need').length : 1;
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
  const look = { width, now, since: morning?.since ?? null, told, glyphs, typed };
  const body: readonly Spans[] =
    rows.length > 0
      ? morningLines(rows, { ...look, causes, top, cursor, seen })
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

interface Told {
  readonly morning: Morning | null;
  /** When the engine told it. */
  readonly told: Instant | null;
  readonly trouble: string | null;
}

/** Milliseconds after which the engine is asked again. */
const ANEW = 10_000;

/**
 * The events since an operator looked, told anew while the screen is open. Leaving it tells the engine that somebody
 * looked: who comes back from where a line led reads what was told before.
 */
function useMorning(now: Instant): Told {
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const [morning, set] = useKept<Morning | null>('told', null);
  const [told, setTold] = useKept<Instant | null>('at', null);
  const [trouble, setTrouble] = useKept<string | null>('trouble', null);
  const isKnown = morning !== null;
  const cameBack = useRef(isKnown);
  const beat = Math.floor(now / ANEW);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked at each beat
  useEffect(() => {
    if (cameBack.current) return;
    void model.command({ do: 'morning' }).then((answer) => {
      if (answer.ok) {
        set(answer.morning);
        setTold(now);
      } else setTrouble(answer.why);
    });
  }, [model, beat]);
  useEffect(() => {
    if (!isKnown || shell.access === 'read-only') return;
    return () => void model.command({ do: 'looked', by: services.operator });
  }, [isKnown, shell.access, model, services]);
  return { morning, told, trouble };
}
