import { Box } from 'ink';
import { type ReactElement, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { showFingerprint } from '../../../words/fingerprint.js';
import { SIDES, type Side } from '../../../words/side.js';
import { plural } from '../../../words/units.js';
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
import { useList } from '../shared/use-list.js';
import { batchColumns, isAlive } from './batch-columns.js';
import { BATCH_LIST_BINDINGS, FORM_BINDINGS } from './bindings.js';
import { useStart } from './context.js';
import {
  draftOf,
  emptyForm,
  type FormState,
  formAfter,
  linesOfFields,
  mayMove,
  missingIn,
  type Place,
  restoredForm,
} from './form-state.js';
import { MoveForm } from './MoveForm.js';
import type { BatchSummary, SideTest, Started } from './services.js';
import { trustQuestion } from './trust-question.js';
import { type SideFields, typedSide } from './typed-fields.js';
import { useBatches } from './use-batches.js';

const idOf = ({ name }: BatchSummary) => name;
/** Lines under the fields of the form: its buttons, and room for advice. */
const UNDER_FIELDS = 7;

/** Without arguments: the batches there are, and a form that moves one mailbox without a manual. Read-only: the batches alone. */
export function StartScreen({ width, height }: ScreenProps): ReactElement {
  const { glyphs } = useLook();
  const { services, choose } = useStart();
  const shell = useShell();
  const attach = (batch: string) => choose({ attach: batch }, shell.leave);
  const now = useNow(shell.clock, 60_000);
  const { batches, trouble, reread } = useBatches();
  const kept = `${shell.entryId} form`;
  const isNew = useRef(!shell.kept.has(kept));
  const [form, act] = useReducer(formAfter, null, () => {
    const before = shell.kept.get(kept) as FormState | undefined;
    return before ? restoredForm(before) : emptyForm('batches');
  });
  useLayoutEffect(() => {
    shell.kept.set(kept, form);
  }, [shell.kept, kept, form]);
  const latest = useRef(form);
  latest.current = form;
  const testing = useRef(new AbortController());
  const rows = batches ?? [];
  const mayAct = shell.access === 'full';
  const tableHeight = mayAct
    ? Math.max(3, Math.min(rows.length + 1, height - 3 - linesOfFields(form) - UNDER_FIELDS))
    : height - 2;
  const list = useList('batches', rows, idOf, tableHeight - 1);
  const { current } = list;
  const isInList = form.place === 'batches';
  const alive = isInList && current && isAlive(current) ? current : null;
  const atRest = isInList && current && !isAlive(current) && current.state !== 'unreadable' ? current : null;

  useEffect(() => () => testing.current.abort(), []);
  // Where there is nothing to choose, the form is what one came for.
  const isEmpty = mayAct && batches !== null && batches.length === 0;
  useEffect(() => {
    if (isEmpty && isNew.current) act({ do: 'go', to: 'source user' });
  }, [isEmpty]);

  const opened = (started: Started): void => {
    if (started.ok) attach(started.batch);
    else shell.toast('alert', started.why);
  };
  const resume = async (batch: BatchSummary): Promise<void> => {
    shell.toast('text', `${batch.name}: starting its engine`);
    opened(await services.resume(batch.name));
  };
  const lookAt = async (batch: BatchSummary): Promise<void> => {
    shell.toast('text', `${batch.name}: opening it; nothing starts by itself`);
    opened(await services.open(batch.name));
  };
  const remove = async ({ name, state, why, counts, errors, mailboxes }: BatchSummary): Promise<void> => {
    const answer = await shell.ask({
      title: `delete ${name}`,
      scope:
        state === 'unreadable'
          ? why
          : `The ledger of ${plural(counts.copied + counts.matched, 'message')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}, ${plural(errors, 'open failure')}`,
      samples: ['No mail is touched on either side. What was copied, and what failed, is forgotten.'],
      consequences: ['The same move again would compare everything anew.'],
      action: 'Delete the records',
      first: 'cancel',
    });
    if (answer === 'no') return;
    const done = await services.delete(name);
    shell.toast(done.ok ? 'good' : 'alert', done.ok ? `${name} is deleted` : done.why);
    reread();
  };
  const testOne = async (side: Side, typed: SideFields, signal: AbortSignal): Promise<SideTest> => {
    act({ do: 'testing', side });
    const result = await services.test(side, typedSide(typed), signal);
    if (!signal.aborted) act({ do: 'tested', side, typed, result });
    return result;
  };
  const vouch = async (side: Side, typed: SideFields, result: SideTest, signal: AbortSignal): Promise<void> => {
    const waits = () => !signal.aborted && latest.current.place === 'test' && latest.current.typed[side] === typed;
    if (result.ok || !result.untrusted || !waits()) return;
    const { untrusted } = result;
    if ((await shell.offer(trustQuestion(side, untrusted), waits)) === 'no' || !waits()) return;
    const trusting = { ...typed, trust: showFingerprint(untrusted.certificate.fingerprint) };
    act({ do: 'trust', side, typed: trusting });
    await testOne(side, trusting, signal);
  };
  const test = async (): Promise<void> => {
    testing.current.abort();
    testing.current = new AbortController();
    const { signal } = testing.current;
    const { typed } = form;
    const tested = await Promise.all(
      SIDES.map(async (side) => {
        const at = missingIn(typed[side]);
        if (at === null) return { side, result: await testOne(side, typed[side], signal) };
        const result = { ok: false, why: `the ${at} is missing`, advice: '', at } as const;
        act({ do: 'tested', side, typed: typed[side], result });
        return { side, result };
      }),
    );
    for (const { side, result } of tested) await vouch(side, typed[side], result, signal);
    if (!signal.aborted) act({ do: 'judge' });
  };
  const move = async (): Promise<void> => {
    if (form.starting === 'yes' || !mayMove(form)) return;
    act({ do: 'starting', starting: 'yes' });
    const started = await services.move(draftOf(form));
    act({ do: 'starting', starting: 'no' });
    opened(started);
  };
  const press = (): void => {
    if (form.place === 'test') void test();
    else if (form.place === 'move') void move();
    else act({ do: 'next', batches: rows.length });
  };
  useKeys(BATCH_LIST_BINDINGS, {
    ...(isInList ? list.actions : {}),
    'start.open': alive ? () => attach(alive.name) : atRest && mayAct ? () => void lookAt(atRest) : undefined,
    'start.resume': atRest ? () => void resume(atRest) : undefined,
    'start.delete': isInList && current && !isAlive(current) ? () => void remove(current) : undefined,
    'start.form': isInList ? () => act({ do: 'go', to: 'source user' }) : undefined,
    'start.next': isInList && mayAct ? () => act({ do: 'go', to: 'source user' }) : undefined,
  });
  const inForm = (run: () => void) => (isInList ? undefined : run);
  useKeys(FORM_BINDINGS, {
    'form.next': inForm(() => act({ do: 'next', batches: rows.length })),
    'form.back': inForm(() => act({ do: 'back', batches: rows.length })),
    'form.down': inForm(() => act({ do: 'next', batches: rows.length })),
    'form.up': inForm(() => act({ do: 'back', batches: rows.length })),
    'form.press': inForm(press),
    'form.certificates': inForm(() => act({ do: 'certificates' })),
    'form.leave': rows.length > 0 ? inForm(() => act({ do: 'go', to: 'batches' })) : undefined,
  });

  const clickRow = (index: number): void => {
    act({ do: 'go', to: 'batches' });
    list.click(index);
  };
  const clickPlace = (to: Place): void => {
    act({ do: 'go', to });
    if (to === 'test') void test();
    if (to === 'move') void move();
  };
  const count = batches === null ? 'reading' : plural(batches.length, 'batch', 'batches');
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Breadcrumbs right={[span('dim', count)]} />
      <Rule
        title={
          rows.length < tableHeight ? 'batches' : `batches ${seenRange(list.scroll, rows.length, tableHeight - 1)}`
        }
        width={width}
      />
      <Table
        columns={batchColumns(now, glyphs)}
        rows={rows}
        idOf={idOf}
        onRow={clickRow}
        scroll={list.scroll}
        width={width}
        height={tableHeight}
        empty={
          trouble ??
          (batches === null
            ? 'reading'
            : mayAct
              ? 'none yet: move one mailbox below, or many with nightferry run'
              : 'none yet')
        }
      />
      {mayAct && <Rule title="move one mailbox" width={width} />}
      {mayAct && (
        <MoveForm
          state={form}
          onType={act}
          onPlace={clickPlace}
          width={width}
          height={Math.max(0, height - 3 - tableHeight)}
        />
      )}
    </Box>
  );
}
