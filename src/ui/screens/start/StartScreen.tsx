import { Box } from 'ink';
import type { ReactElement } from 'react';
import { plural } from '../../../words/units.js';
import { fittedTo } from '../../components/columns.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { Breadcrumbs } from '../../shell/Breadcrumbs.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useNow } from '../../shell/use-now.js';
import { span } from '../../text/spans.js';
import { useCheckPlan } from '../check/use-check-plan.js';
import { type List, useList } from '../shared/use-list.js';
import { batchColumns, isAlive } from './batch-columns.js';
import { BATCH_LIST_BINDINGS, FORM_BINDINGS } from './bindings.js';
import { buttonAt, linesOfFields, linesOfScope, type Place } from './form-state.js';
import { MoveForm } from './MoveForm.js';
import type { BatchSummary } from './services.js';
import { useBatchActions } from './use-batch-actions.js';
import { type Batches, useBatches } from './use-batches.js';
import { type MoveFormState, useMoveForm } from './use-move-form.js';
import { type Buttons, useTestAndMove } from './use-test-and-move.js';

const idOf = ({ name }: BatchSummary) => name;
/** Lines under the fields of the form: its buttons, and room for advice. */
const UNDER_FIELDS = 7;

/** Without arguments: the batches there are, and a form that moves one mailbox without a manual. Read-only: the batches alone. */
export function StartScreen({ width, height }: ScreenProps): ReactElement {
  const { glyphs } = useLook();
  const shell = useShell();
  const now = useNow(shell.clock, 60_000);
  const listed = useBatches();
  const { batches, reread } = listed;
  const rows = batches ?? [];
  const mayAct = shell.access === 'full';
  const moveForm = useMoveForm(mayAct && batches !== null && rows.length === 0);
  const { form, act } = moveForm;
  const fields = linesOfFields(form) + linesOfScope(form);
  const tableHeight = mayAct ? Math.max(3, Math.min(rows.length + 1, height - 3 - fields - UNDER_FIELDS)) : height - 2;
  const list = useList('batches', rows, idOf, tableHeight - 1);
  const actions = useBatchActions(reread);
  useBatchKeys(moveForm, list, actions);
  const buttons = useTestAndMove(moveForm, actions.opened);
  useFormKeys(moveForm, rows.length, buttons);
  const clickRow = (index: number): void => {
    act({ do: 'go', to: 'batches' });
    list.click(index);
  };
  const clickPlace = (to: Place): void => {
    act({ do: 'go', to });
    const button = buttonAt(to);
    if (button) void buttons[button]();
  };
  const count = batches === null ? 'reading' : plural(batches.length, 'batch', 'batches');
  const seen = rows.length < tableHeight ? '' : ` ${seenRange(list.scroll, rows.length, tableHeight - 1)}`;
  const formHeight = Math.max(0, height - 3 - tableHeight);
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Breadcrumbs right={[span('dim', count)]} />
      <Rule title={`batches${seen}`} width={width} />
      <Table
        columns={fittedTo(batchColumns(now, glyphs), rows)}
        rows={rows}
        idOf={idOf}
        onRow={clickRow}
        scroll={list.scroll}
        width={width}
        height={tableHeight}
        empty={emptyText(listed, shell.access)}
      />
      {mayAct && <Rule title="move one mailbox" width={width} />}
      {mayAct && <MoveForm state={form} onType={act} onPlace={clickPlace} width={width} height={formHeight} />}
    </Box>
  );
}

/** In place of the batches, where there are none. */
function emptyText({ batches, trouble }: Batches, access: 'full' | 'read-only'): string {
  if (trouble !== null) return trouble;
  if (batches === null) return 'reading';
  return access === 'full' ? 'none yet: move one mailbox below, or many with nightferry run' : 'none yet';
}

function useBatchKeys(
  { form, act }: MoveFormState,
  list: List<BatchSummary>,
  { attach, resume, lookAt, remove }: ReturnType<typeof useBatchActions>,
): void {
  const mayAct = useShell().access === 'full';
  const isInList = form.place === 'batches';
  const current = isInList ? list.current : null;
  const alive = current && isAlive(current) ? current : null;
  const atRest = current && !alive && current.state !== 'unreadable' ? current : null;
  const toForm = () => act({ do: 'go', to: 'source user' });
  const askForPlan = useCheckPlan();
  useKeys(BATCH_LIST_BINDINGS, {
    ...(isInList ? list.actions : {}),
    'start.open': alive ? () => attach(alive.name) : atRest && mayAct ? () => void lookAt(atRest) : undefined,
    'start.resume': atRest ? () => void resume(atRest) : undefined,
    'start.delete': current && !alive ? () => void remove(current) : undefined,
    'start.form': isInList ? toForm : undefined,
    'start.check': isInList && mayAct ? askForPlan : undefined,
    'start.next': isInList && mayAct ? toForm : undefined,
  });
}

function useFormKeys({ form, act }: MoveFormState, batches: number, buttons: Buttons): void {
  const inForm = (run: () => void) => (form.place === 'batches' ? undefined : run);
  const next = () => act({ do: 'next', batches });
  const back = () => act({ do: 'back', batches });
  const press = (): void => {
    const button = buttonAt(form.place);
    if (button) void buttons[button]();
    else next();
  };
  useKeys(FORM_BINDINGS, {
    'form.next': inForm(next),
    'form.back': inForm(back),
    'form.down': inForm(next),
    'form.up': inForm(back),
    'form.press': inForm(press),
    'form.certificates': inForm(() => act({ do: 'certificates' })),
    'form.leave': batches > 0 ? inForm(() => act({ do: 'go', to: 'batches' })) : undefined,
  });
}
