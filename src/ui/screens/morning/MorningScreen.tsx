import { type ReactElement, useEffect } from 'react';
import type { Morning, MorningLine } from '../../../protocol/answers.js';
import { showAgo, showMinute } from '../../../words/times.js';
import type { Column } from '../../components/columns.js';
import { Lines } from '../../components/Lines.js';
import { Rule, ruleLine } from '../../components/Rule.js';
import { Table } from '../../components/Table.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { leadsTo, leadsWord } from '../../select/morning.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { Page } from '../shared/Page.js';
import { useList } from '../shared/use-list.js';
import { MORNING_BINDINGS, NUMBERED } from './bindings.js';

interface NumberedLine {
  readonly n: number;
  readonly line: MorningLine;
}

const idOf = ({ n }: NumberedLine) => String(n);

/** Shows events since an operator last looked, urgent ones first; each line is one key from where it leads. */
export function MorningScreen({ width, height }: ScreenProps): ReactElement {
  const { now, mailboxes } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const { morning, trouble } = useMorning();
  const rows = (morning?.lines ?? []).map((line, index): NumberedLine => ({ n: index + 1, line }));
  const detailHeight = Math.min(6, Math.floor(height / 4));
  const tableHeight = height - 2 - detailHeight;
  const list = useList('morning', rows, idOf, tableHeight - 1);
  const { current } = list;
  const follow = ({ line }: NumberedLine): void => {
    const target = leadsTo(line, mailboxes);
    if (target === null) shell.back();
    else shell.go(target.screen, target.params);
  };
  useKeys(MORNING_BINDINGS, {
    ...list.actions,
    'morning.line':
      rows.length === 0
        ? undefined
        : (key) => {
            const row = rows[Number(key) - 1];
            if (row) follow(row);
            else shell.toast('text', `there is no line ${key}`);
          },
    'morning.open': current ? () => follow(current) : undefined,
  });
  const title: Spans = [
    span('strong', 'since you last looked'),
    ...(morning ? [`   ${showMinute(morning.since, now)} UTC, ${showAgo(morning.since, now)}`] : []),
  ];
  const detail: readonly Spans[] = current
    ? [
        ruleLine([span('dim', `${glyphs.to} ${leadsWord(current.line)}`)], width, glyphs),
        ...wrap(current.line.text, width - 2, detailHeight - 1).map((line): Spans => [' ', line]),
      ]
    : [];
  return (
    <Page height={height}>
      <Rule title={title} width={width} />
      <Table
        columns={columnsOf(glyphs)}
        rows={rows}
        idOf={idOf}
        onRow={list.click}
        scroll={list.scroll}
        width={width}
        height={tableHeight}
        empty={morning === null ? (trouble ?? 'asking the engine') : 'nothing happened since then'}
      />
      <Lines lines={detail} width={width} height={detailHeight} />
    </Page>
  );
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

function columnsOf(glyphs: Glyphs): readonly Column<NumberedLine>[] {
  const signs = { ask: glyphs.alert, new: glyphs.bad, good: glyphs.good } as const;
  const tones = { ask: 'alert', new: 'alert', good: 'good' } as const;
  return [
    {
      id: 'n',
      title: '',
      least: 2,
      most: 2,
      align: 'right',
      priority: 0,
      text: ({ n }) => (n <= NUMBERED ? String(n) : ''),
      tone: () => 'key',
    },
    {
      id: 'sign',
      title: '',
      least: 1,
      most: 1,
      priority: 0,
      text: ({ line }) => signs[line.tone],
      tone: ({ line }) => tones[line.tone],
    },
    { id: 'text', title: 'what happened', least: 40, most: 400, priority: 0, text: ({ line }) => line.text },
  ];
}
