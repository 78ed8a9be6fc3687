import { type ReactElement, useReducer, useRef, useState } from 'react';
import type { DecisionEntity, DecisionPreview, MailboxEntity } from '../../../../engine/protocol.js';
import type { ActionRequest } from '../../../../words/decision.js';
import { FormDialog } from '../../../components/FormDialog.js';
import { type Field, type FormStep, formAfter, NEW_FORM, type Values, valuesOf } from '../../../components/form.js';
import { useLook } from '../../../look.js';
import { useBatchConsole, useView } from '../../../model/context.js';
import type { Meant } from '../../../select/meant.js';
import { plural } from '../../../text/format.js';
import { type Spans, span } from '../../../text/spans.js';
import { wrap } from '../../../text/wrap.js';
import { ORDER_FORMS } from './order-forms.js';
import { countText, isEmpty, previewLines, warningLines } from './preview-lines.js';
import { shownOf, usePreview } from './use-preview.js';

/** Logins that are asked for new passwords at once: more would not fit. */
const MOST_LOGINS = 5;
/** Lines of the dialog besides its samples. */
const AROUND = 16;

export interface ActionDialogProps {
  readonly order: ActionRequest['do'];
  readonly meant: Meant;
  readonly width: number;
  /** It was decided. */
  readonly onDone: (decision: DecisionEntity | null) => void;
  readonly onClose: () => void;
}

/**
 * Asks before something is decided: how much of what, samples, choices. What is confirmed is what the engine
 * counted and kept under the numbers that are shown; where they changed meanwhile it is asked again.
 */
export function ActionDialog({ order, meant, width, onDone, onClose }: ActionDialogProps): ReactElement {
  const { glyphs, rows } = useLook();
  const { model, services } = useBatchConsole();
  const { mailboxes } = useView();
  const [logins, setLogins] = useState<readonly Field[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const busy = useRef(false);
  const form = ORDER_FORMS[order];
  const fields = (values: Values) => [...form.fields(values), ...logins];
  const [state, step] = useReducer((now: typeof NEW_FORM, to: FormStep) => formAfter(now, to, fields), NEW_FORM);
  const values = valuesOf(state, fields);
  const asked = form.asked(values);
  const { now, renew } = usePreview(asked.kind === 'wrong' ? null : asked.action, meant.selection);
  const shown = shownOf(now);
  const asking = shown === null || order !== 'release' ? [] : askingOf(shown, mailboxes);
  if (logins.length === 0 && asking.length > 0) setLogins(asking.slice(0, MOST_LOGINS).map(loginField));

  const confirm = async (): Promise<void> => {
    if (asked.kind === 'wrong') return setWrong(asked.why);
    if (asked.kind === 'draft') return setWrong(asked.missing);
    const counted = now.kind === 'known' && isSame(now.preview.action, asked.action) ? now : await renew(asked.action);
    if (counted.kind !== 'known') return;
    const { preview } = counted;
    if (shown === null || !hasSameNumbers(shown, preview)) return setWrong('the numbers have changed: look again');
    if (isEmpty(preview)) return;
    for (const { id, email, asksPassword } of asking) {
      const secret = values[id] ?? '';
      if (secret === '' || asksPassword === null) continue;
      const given = await model.command({ do: 'password', mailbox: id, side: asksPassword, secret });
      if (!given.ok) return setWrong(`${email}: ${given.why}`);
    }
    const decided = await model.command({ do: 'decide', preview: preview.id, by: services.operator });
    if (decided.ok) return onDone(decided.decision ?? null);
    setWrong(decided.why);
    await renew(asked.action);
  };
  const press = (): void => {
    if (busy.current) return;
    busy.current = true;
    setWrong(null);
    void confirm().finally(() => {
      busy.current = false;
    });
  };

  const inner = width - 4;
  const said = wrong ?? (now.kind === 'refused' ? now.why : null);
  const more = asking.length - MOST_LOGINS;
  const head: readonly Spans[] =
    shown === null
      ? [
          [
            ' ',
            span('dim', now.kind === 'refused' ? 'the engine refuses this' : 'asking the engine how much that is ...'),
          ],
        ]
      : previewLines(shown, meant, inner, Math.max(2, Math.min(8, rows - AROUND)));
  const foot: readonly Spans[] = [
    ...(shown ? warningLines(shown, inner, glyphs) : []),
    ...(logins.length > 0 ? [[' ', span('dim', 'an empty password tries the one it has')] as Spans] : []),
    ...(more > 0
      ? [
          [
            ' ',
            span('dim', `${plural(more, 'more asks', 'more ask')} for one: give it on the screen of the mailbox`),
          ] as Spans,
        ]
      : []),
    ...(said === null
      ? []
      : wrap(said, inner - 4).map((line): Spans => [' ', span('alert', `${glyphs.alert} ${line}`)])),
  ];
  return (
    <FormDialog
      title={form.title}
      status={meant.called}
      head={head}
      fields={fields(values)}
      foot={foot}
      state={state}
      action={shown === null || isEmpty(shown) || now.kind === 'refused' ? null : form.button(countText(shown), shown)}
      width={width}
      onStep={step}
      onConfirm={press}
      onClose={onClose}
    />
  );
}

/** Mailboxes among those that would go on which wait for a password. */
function askingOf({ releases }: DecisionPreview, mailboxes: readonly MailboxEntity[]): readonly MailboxEntity[] {
  const meant = new Set(releases);
  return mailboxes.filter(({ email, asksPassword }) => asksPassword !== null && meant.has(email));
}

function loginField({ id, email, asksPassword }: MailboxEntity): Field {
  return { kind: 'hidden', id, label: email, initial: '', hint: `new password of the ${asksPassword}` };
}

function isSame(a: ActionRequest, b: ActionRequest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function hasSameNumbers(a: DecisionPreview, b: DecisionPreview): boolean {
  return a.uids === b.uids && a.failures === b.failures && a.mailboxes === b.mailboxes;
}
