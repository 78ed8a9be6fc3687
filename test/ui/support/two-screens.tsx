import { Box } from 'ink';
import { useReducer, useState } from 'react';
import type { Confirmation } from '../../../src/ui/components/Dialog.js';
import { Filter } from '../../../src/ui/components/Filter.js';
import { Lines } from '../../../src/ui/components/Lines.js';
import { AT_TOP, type ScrollMove, scrollBy } from '../../../src/ui/components/scroll.js';
import { Table } from '../../../src/ui/components/Table.js';
import { type Binding, bind } from '../../../src/ui/keys/bindings.js';
import { useKeys } from '../../../src/ui/keys/use-keys.js';
import { Breadcrumbs } from '../../../src/ui/shell/Breadcrumbs.js';
import { useShell } from '../../../src/ui/shell/context.js';
import { SCROLL_BINDINGS, scrollActions } from '../../../src/ui/shell/ScrolledPage.js';
import type { Screen, ScreenProps } from '../../../src/ui/shell/screen.js';
import { useKept } from '../../../src/ui/shell/use-kept.js';
import { textFilter } from '../../../src/ui/text/filter-text.js';

const NIGHT_KEYS: readonly Binding[] = [
  ...SCROLL_BINDINGS,
  bind('look.filter', { id: 'night.filter', description: 'Show only what matches', weight: 20 }),
  bind('look.open', { id: 'night.open', description: 'Open the mailbox', command: 'open', weight: 25 }),
  bind('work.stopAll', { id: 'night.stop', label: 'stop', description: 'Stop the batch', command: 'stop', weight: 22 }),
  bind('look.copy', { id: 'night.copy', description: 'Copy the address', weight: 10 }),
  bind('work.putOff', { id: 'night.break', label: 'break', description: 'A bug', weight: 0 }),
];
const QUESTION: Confirmation = {
  title: 'stop',
  scope: '131 mailboxes of school-2026',
  samples: ['ann', 'bob'],
  consequences: ['what is in flight is ended'],
  action: 'Stop 131',
  first: 'cancel',
};
const PEOPLE = Array.from({ length: 500 }, (_, n) => `user${n}@new.example`);

function Night({ width, height }: ScreenProps) {
  const shell = useShell();
  const [typed, setTyped] = useKept('filter', '');
  const [filtering, setFiltering] = useState<'yes' | 'no'>('no');
  const rows = PEOPLE.filter(textFilter(typed).matches);
  const [scroll, setScroll] = useKept('scroll', AT_TOP);
  const [crashed, crash] = useReducer(() => 'yes', 'no');
  if (crashed === 'yes') throw new Error('the night broke');
  const under = rows[scroll.cursor] ?? '';
  useKeys(NIGHT_KEYS, {
    ...scrollActions((to: ScrollMove) => setScroll((now) => scrollBy(now, to, rows.length, height - 3))),
    'night.filter': () => setFiltering('yes'),
    'night.open': () => shell.go('mailbox', { mailbox: under }),
    'night.stop': () => void shell.ask(QUESTION).then((answer) => shell.toast('alert', `answered ${answer}`)),
    'night.copy': () => shell.copy(under, 'address'),
    'night.break': crash,
  });
  const columns = [{ id: 'name', title: 'mailbox', least: 10, most: 40, priority: 0, text: (row: string) => row }];
  return (
    <Box flexDirection="column">
      <Breadcrumbs right={[`${rows.length} mailboxes`]} />
      <Table columns={columns} rows={rows} idOf={(row) => row} scroll={scroll} width={width} height={height - 2} />
      {filtering === 'yes' && (
        <Filter
          width={width}
          text={typed}
          onChange={setTyped}
          onDone={(how) => {
            if (how === 'clear') setTyped('');
            setFiltering('no');
          }}
        />
      )}
    </Box>
  );
}

function Mailbox({ params, width }: ScreenProps) {
  return (
    <Box flexDirection="column">
      <Breadcrumbs />
      <Lines width={width} lines={[[`all about ${params.mailbox}`]]} />
    </Box>
  );
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'night',
    action: 'look.night',
    label: 'night',
    description: 'The workers',
    title: () => 'school-2026',
    bindings: NIGHT_KEYS,
    component: Night,
  },
  {
    name: 'mailbox',
    action: null,
    label: 'mailbox',
    description: 'One mailbox',
    title: ({ mailbox }) => mailbox ?? '',
    bindings: [],
    component: Mailbox,
  },
  {
    name: 'errors',
    action: 'look.errors',
    label: 'errors',
    description: 'What failed',
    title: () => 'errors',
    bindings: [],
    component: Mailbox,
  },
];
