import type { MailboxEntity } from '../../../protocol/entities.js';
import type { Need } from '../../../protocol/needs.js';
import { showCount } from '../../../words/units.js';
import type { Actions } from '../../keys/dispatch.js';
import { weighted } from '../../keys/labelled.js';
import { useKeys } from '../../keys/use-keys.js';
import { mailboxLine } from '../../select/mailbox-text.js';
import { pauseOrContinue } from '../../select/orders.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import { useGiveUp, useOpenMailboxes, useOpenNeed } from '../shared/use-needs.js';
import { useOrders } from '../shared/use-orders.js';
import { useSave } from '../shared/use-save.js';
import { NIGHT_BINDINGS } from './bindings.js';
import { idOf, type MailboxTable } from './use-mailbox-table.js';
import type { Panes } from './use-panes.js';

/** Weights of keys in the status line. */
const IN_TABLE = { 'night.start': 24, 'night.pause': 23, 'night.copy': 14, 'night.save': 13 };
const WITH_MARKS = { 'night.start': 70, 'night.pause': 69, 'night.mark': 60, 'night.mark-all': 59 };

interface Night {
  readonly form: 'panes' | 'table';
  readonly panes: Panes;
  readonly table: MailboxTable;
}

/** The keys of the night. @param own  what the screen itself does */
export function useNightKeys(night: Night, own: Actions): void {
  const { panes, table } = night;
  const save = useSave();
  const isTable = night.form === 'table';
  const marks = isTable ? table.marked.length : 0;
  const aimed = useAimedKeys(night);
  const bindings = isTable ? weighted(NIGHT_BINDINGS, marks > 0 ? WITH_MARKS : IN_TABLE) : NIGHT_BINDINGS;
  const moves: Actions = isTable
    ? {
        ...table.list.actions,
        'night.sort': table.sort.open,
        'night.mark-all': () => table.marks.toggleAll(table.rows.map(idOf)),
      }
    : {
        ...scrollActions(panes.move),
        'night.left': () => panes.move('left'),
        'night.right': () => panes.move('right'),
      };
  const lines = () => table.rows.map(mailboxLine);
  useKeys(
    bindings,
    { ...moves, ...aimed, ...own, 'night.save': () => void save('mailboxes', lines()) },
    marks > 0 ? { lead: `${showCount(marks)} marked` } : {},
  );
}

/** Keys that act on marked mailboxes, else on what is under the cursor. */
function useAimedKeys(night: Night): Actions {
  const { panes, table } = night;
  const shell = useShell();
  const order = useOrders();
  const openNeed = useOpenNeed();
  const openMailboxes = useOpenMailboxes();
  const giveUp = useGiveUp();
  const isTable = night.form === 'table';
  const { need, current, targets } = targetsOf(night);
  const open = (): void => {
    if (need) openNeed(need);
    else if (current) shell.go('mailbox', { mailbox: current.id, email: current.email });
  };
  // A mailbox that is paused is looked at further; one that goes on makes room for the next.
  const pause = (): void => {
    if (isTable) table.list.hold();
    else panes.hold();
    void order(pauseOrContinue(targets), targets);
  };
  const start = (): void => {
    table.list.actedOn(new Set(targets.map(idOf)));
    void order({ kind: 'start' }, targets);
  };
  const withTargets = (run: () => void) => (targets.length > 0 ? run : undefined);
  return {
    'night.open': current || need ? open : undefined,
    'night.mailbox': need ? () => openMailboxes(need) : current ? open : undefined,
    'night.mark': isTable && current ? () => table.marks.toggle(current.id) : undefined,
    'night.pause': withTargets(pause),
    'night.start': withTargets(start),
    'night.give-up': withTargets(() => giveUp(targets)),
    'night.copy': current ? () => shell.copy(mailboxLine(current), current.email) : undefined,
  };
}

interface Targets {
  /** Under the cursor of the panes. */
  readonly need: Need | null;
  /** The only mailbox under the cursor; null: there is none, or several. */
  readonly current: MailboxEntity | null;
  readonly targets: readonly MailboxEntity[];
}

function targetsOf({ form, panes, table }: Night): Targets {
  const card = form === 'table' ? null : panes.card;
  const row = table.list.current;
  const underCursor = form === 'table' ? (row ? [row] : []) : (card?.mailboxes ?? []);
  const [first = null] = underCursor;
  return {
    need: card?.need ?? null,
    current: underCursor.length === 1 ? first : null,
    targets: form === 'table' && table.marked.length > 0 ? table.marked : underCursor,
  };
}
