import { type ReactElement, useReducer } from 'react';
import type { MailboxEntity } from '../../../protocol/entities.js';
import { plural } from '../../../words/units.js';
import { FormDialog } from '../../components/FormDialog.js';
import { type FormState, type FormStep, formAfter, NEW_FORM, type Values, valuesOf } from '../../components/form.js';
import { useLook } from '../../look.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { saidLines } from '../errors/actions/CommandDialog.js';
import { useDialogWidth } from '../errors/actions/use-command.js';
import { usePress } from '../errors/actions/use-press.js';
import { type PasswordSource, passwordFields, passwordSource } from './password-fields.js';

export interface PasswordsDialogProps {
  /** More than one, all of one side. */
  readonly mailboxes: readonly MailboxEntity[];
  readonly planPath: string | null;
  /** @returns why nothing was given, or null */
  readonly onGiven: (from: PasswordSource) => Promise<string | null>;
  readonly onClose: () => void;
}

/** Asks where the passwords of many mailboxes come from: the corrected plan, one for all, or each typed by itself. */
export function PasswordsDialog({ mailboxes, planPath, onGiven, onClose }: PasswordsDialogProps): ReactElement {
  const { glyphs } = useLook();
  const width = useDialogWidth();
  const fields = (values: Values) => passwordFields(values, planPath);
  const [state, step] = useReducer((now: FormState, to: FormStep) => formAfter(now, to, fields), NEW_FORM);
  const { said, press } = usePress('telling the engine ...');
  const values = valuesOf(state, fields);
  const side = mailboxes[0]?.asksPassword ?? 'source';
  const confirm = (): void => {
    const from = passwordSource(values);
    press('wrong' in from ? from : () => onGiven(from));
  };
  const inner = width - 4;
  const names = mailboxes.map(({ email }) => email).join(', ');
  const head: readonly Spans[] = [
    [
      ' ',
      span('strong', `${plural(mailboxes.length, 'mailbox waits', 'mailboxes wait')} for a password of the ${side}`),
    ],
    ...wrap(names, inner - 2, 2).map((line): Spans => [' ', span('dim', line)]),
  ];
  return (
    <FormDialog
      title={`passwords of the ${side}`}
      status=""
      head={head}
      fields={fields(values)}
      foot={[[' ', span('dim', "they go to the engine's memory and nowhere else")], ...saidLines(said, inner, glyphs)]}
      state={state}
      action={values.from === 'each' ? `Type ${mailboxes.length}` : `Give ${mailboxes.length}`}
      width={width}
      onStep={step}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
