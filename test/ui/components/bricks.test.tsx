import { cleanup, render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Column } from '../../../src/ui/components/columns.js';
import { Dialog } from '../../../src/ui/components/Dialog.js';
import { Pane, paneColumns, paneGrid, paneLines } from '../../../src/ui/components/Pane.js';
import { Rule } from '../../../src/ui/components/Rule.js';
import { Table } from '../../../src/ui/components/Table.js';
import { TextField } from '../../../src/ui/components/TextField.js';
import { KeyHub } from '../../../src/ui/keys/dispatch.js';
import { KeyHubContext } from '../../../src/ui/keys/use-keys.js';
import { readKeys } from '../../../src/ui/terminal/keys.js';
import { bar } from '../../../src/ui/text/bar.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { plainText, span } from '../../../src/ui/text/spans.js';
import { turn } from '../support/manual-clock.js';

afterEach(cleanup);
const drawn = (node: ReactElement) => (render(node).lastFrame() ?? '').split('\n');

describe('bricks', () => {
  it('draw a section title over the whole width', () => {
    expect(drawn(<Rule title="needs you 2" width={30} />)).toEqual(['── needs you 2 ───────────────']);
  });

  it('draw a pane as wide as any other, whatever its mailbox is called', () => {
    const { done, left } = bar(0.91, 22, DRAWN);
    const lines = [['下書き/2021'], [span('accent', done), span('dim', left), '   91%']];
    const pane = drawn(<Pane title="日本支社" status="copying" lines={lines} width={39} height={4} />);
    expect(pane).toEqual([
      '╭ 日本支社 ────────────────── copying ╮',
      '│ 下書き/2021                         │',
      '│ ████████████████████░░   91%        │',
      '╰─────────────────────────────────────╯',
    ]);
    expect(pane.map(widthOf)).toEqual([39, 39, 39, 39]);
  });

  it('keep the state of a pane when its title is too long', () => {
    const [top] = paneLines(
      { title: 'a.very.long.name@department.new.example', status: 'back in 3:41', lines: [] },
      39,
      2,
      DRAWN,
    );
    expect(plainText(top ?? [])).toMatch(/^╭ a\.very\S*… ─* ?back in 3:41 ╮$/);
    expect(widthOf(plainText(top ?? []))).toBe(39);
  });

  it('flow panes into as many columns as fit', () => {
    expect([80, 120, 200].map((width) => paneColumns(width, 38).columns)).toEqual([2, 3, 5]);
    const panes = ['a', 'b', 'c'].map((title) => paneLines({ title, status: '', lines: [] }, 20, 2, DRAWN));
    const grid = paneGrid(panes, 2, 20).map(plainText);
    expect(grid).toHaveLength(4);
    expect(grid[0]).toMatch(/^╭ a ─+╮ {2}╭ b ─+╮$/);
    expect(grid[2]).toMatch(/^╭ c ─+╮$/);
  });

  it('draw of a table only the rows in view, and look at no other', () => {
    let looked = 0;
    const text = (n: number) => {
      looked += 1;
      return `user${n}`;
    };
    const columns: readonly Column<number>[] = [
      { id: 'name', title: 'mailbox', least: 10, most: 20, priority: 0, text },
    ];
    const rows = Array.from({ length: 50_000 }, (_, n) => n);
    const table = drawn(
      <Table
        columns={columns}
        rows={rows}
        idOf={String}
        scroll={{ cursor: 40_001, top: 40_000 }}
        marks={new Set(['40000'])}
        width={40}
        height={6}
      />,
    );
    expect(looked).toBe(5);
    expect(table.map((line) => line.trimEnd())).toEqual([
      '   mailbox',
      ' ● user40000',
      '▸  user40001',
      '   user40002',
      '   user40003',
      '   user40004',
    ]);
  });
});

describe('bricks that hear keys', () => {
  function withKeys(node: ReactElement) {
    const hub = new KeyHub();
    const { lastFrame } = render(<KeyHubContext.Provider value={hub}>{node}</KeyHubContext.Provider>);
    const type = async (sent: string) => {
      for (const key of readKeys(sent).keys) hub.press(key);
      await turn();
    };
    return { type, frame: () => lastFrame() ?? '' };
  }

  it('lose no letter of a burst, and show none of a password', async () => {
    const told: string[] = [];
    const { type, frame } = withKeys(
      <TextField width={20} shows="hidden" focus="focused" onChange={(text) => told.push(text)} />,
    );
    await type('correct horse');
    expect(told.at(-1)).toBe('correct horse');
    expect(frame().trimEnd()).toBe('●'.repeat(13));
    expect(frame()).not.toMatch(/[a-z]/);
  });

  it('scroll a text that is longer than its field', async () => {
    const { type, frame } = withKeys(<TextField width={8} initial="imaps://ann" focus="focused" onChange={() => {}} />);
    await type('@old');
    expect(frame().trimEnd()).toBe('ann@old');
    await type('\u0001');
    expect(frame().trimEnd()).toBe('imaps:/…');
  });

  it('ask before they act: Esc and Cancel are no, Enter is what stands under the cursor', async () => {
    const answers: string[] = [];
    const dialog = (first: 'action' | 'cancel') => (
      <Dialog
        title="retry"
        scope="131 UIDs in 2 mailboxes"
        samples={['maria INBOX 48213']}
        consequences={[]}
        action="Retry 131"
        first={first}
        width={50}
        onAnswer={(answer) => answers.push(answer)}
      />
    );
    const safe = withKeys(dialog('cancel'));
    expect(safe.frame()).toMatch(/131 UIDs in 2 mailboxes[\s\S]*maria INBOX 48213[\s\S]*Retry 131 {3,}▸\[ Cancel \]/);
    await safe.type('\r');
    await safe.type('\u001b[D');
    await safe.type('\r');
    const eager = withKeys(dialog('action'));
    await eager.type('\r');
    await eager.type('q');
    expect(answers).toEqual(['no', 'yes', 'yes', 'no']);
  });
});
