import { type ReactElement, useReducer, useState } from 'react';
import type { DecisionEntity } from '../../../../protocol/answers.js';
import type { MailboxEntity } from '../../../../protocol/entities.js';
import type { ActionRequest } from '../../../../words/decision.js';
import { plural } from '../../../../words/units.js';
import { FormDialog } from '../../../components/FormDialog.js';
import { type FormState, type FormStep, formAfter, NEW_FORM, type Values, valuesOf } from '../../../components/form.js';
import { fieldLines } from '../../../components/form-lines.js';
import { useLook } from '../../../look.js';
import { useView } from '../../../model/context.js';
import type { TriageTarget } from '../../../select/triage-target.js';
import { type Spans, span } from '../../../text/spans.js';
import { saidLines } from './CommandDialog.js';
import { asking, loginFields, loginsOf, moreLogins } from './logins.js';
import { ORDER_FORMS } from './order-forms.js';
import { countText, isEmpty, previewLines, warningLines } from './preview-lines.js';
import { useDecide } from './use-decide.js';
import { shownOf, usePreview } from './use-preview.js';

/** Lines of the count and the samples at most: more say no more. */
const MOST_LINES = 10;
/** Lines around them, the fields and what is below: border, blank ones, buttons, keys. */
const AROUND = 9;

export interface ActionDialogProps {
  readonly order: ActionRequest['do'];
  readonly target: TriageTarget;
  readonly width: number;
  /** It was decided. */
  readonly onDone: (decision: DecisionEntity | null) => void;
  readonly onClose: () => void;
}

/** Asks before something is decided: how much of what, samples, choices, and what else will happen. */
export function ActionDialog({ order, target, width, onDone, onClose }: ActionDialogProps): ReactElement {
  const { glyphs, rows } = useLook();
  const { mailboxes } = useView();
  const [waiting, setWaiting] = useState<readonly MailboxEntity[]>([]);
  const form = ORDER_FORMS[order];
  const fields = (values: Values) => [...form.fields(values), ...loginFields(waiting)];
  const [state, step] = useReducer((now: FormState, to: FormStep) => formAfter(now, to, fields), NEW_FORM);
  const values = valuesOf(state, fields);
  const asked = form.asked(values);
  const preview = usePreview(asked.kind === 'wrong' ? null : asked.action, target.selection);
  const shown = shownOf(preview.now);
  // Once they are asked for they stay: a field must not go while somebody types into it.
  const logins = order === 'release' && shown !== null && waiting.length === 0 ? asking(shown, mailboxes) : [];
  if (logins.length > 0) setWaiting(logins);
  const typed = loginsOf(waiting, (id) => values[id] ?? '');
  const { said, confirm } = useDecide(asked, preview, typed, onDone);

  const inner = width - 4;
  const dim = (text: string): Spans => [' ', span('dim', text)];
  const isRefused = preview.now.kind === 'refused';
  const more = moreLogins(waiting);
  const refused = preview.now.kind === 'refused' ? ({ tone: 'alert', text: preview.now.why } as const) : null;
  const foot: readonly Spans[] = [
    ...(shown ? warningLines(shown, inner, glyphs) : []),
    ...(waiting.length > 0 ? [dim('an empty password tries the one it has')] : []),
    ...(more > 0
      ? [dim(`${plural(more, 'more asks', 'more ask')} for one: give it on the screen of the mailbox`)]
      : []),
    ...saidLines(said ?? refused, inner, glyphs),
  ];
  const shownFields = fields(values);
  const taken = AROUND + fieldLines(shownFields, state, inner, glyphs).length + foot.length;
  const head: readonly Spans[] =
    shown === null
      ? [dim(isRefused ? 'the engine refuses this' : 'asking the engine how much that is ...')]
      : previewLines(shown, target, inner, Math.max(2, Math.min(MOST_LINES, rows - taken)));
  return (
    <FormDialog
      title={form.title}
      status={target.called}
      head={head}
      fields={shownFields}
      foot={foot}
      state={state}
      action={shown === null || isEmpty(shown) || isRefused ? null : form.button(countText(shown), shown)}
      width={width}
      onStep={step}
      onConfirm={shown !== null && isEmpty(shown) ? onClose : confirm}
      onClose={onClose}
    />
  );
}
