import { type ReactElement, useReducer } from 'react';
import type { EngineCommand, Granted } from '../../../../protocol/commands.js';
import { FormDialog } from '../../../components/FormDialog.js';
import { type Field, type FormStep, formAfter, NEW_FORM, type Values, valuesOf } from '../../../components/form.js';
import { useLook } from '../../../look.js';
import { useBatchConsole } from '../../../model/context.js';
import type { Glyphs } from '../../../text/glyphs.js';
import { type Spans, span } from '../../../text/spans.js';
import { wrap } from '../../../text/wrap.js';
import { type Said, usePress } from './use-press.js';

export interface CommandDialogProps<C extends EngineCommand> {
  readonly title: string;
  readonly status: string;
  /** The subject of the dialog, a paragraph each; the first one stands out. */
  readonly about: readonly string[];
  readonly fields: (values: Values) => readonly Field[];
  readonly action: string;
  readonly command: (values: Values) => C | { readonly wrong: string };
  readonly width: number;
  readonly onDone: (answer: Granted<C['do']>) => void;
  readonly onClose: () => void;
}

export function saidLines(said: Said | null, width: number, glyphs: Glyphs): readonly Spans[] {
  if (said === null) return [];
  const sign = said.tone === 'alert' ? glyphs.alert : ' ';
  return wrap(said.text, width - 4).map(
    (line, index): Spans => [' ', span(said.tone, `${index === 0 ? sign : ' '} ${line}`)],
  );
}

/** Asks for what a command needs, and stays open with the reason where the engine refuses it. */
export function CommandDialog<C extends EngineCommand>(props: CommandDialogProps<C>): ReactElement {
  const { title, status, about, fields, action, width, onDone, onClose } = props;
  const { glyphs } = useLook();
  const { model } = useBatchConsole();
  const [state, step] = useReducer((now: typeof NEW_FORM, to: FormStep) => formAfter(now, to, fields), NEW_FORM);
  const { said, press } = usePress('asking the engine ...');
  const values = valuesOf(state, fields);
  const send = async (command: C): Promise<string | null> => {
    const answer = await model.command(command);
    if (!answer.ok) return answer.why;
    onDone(answer);
    return null;
  };
  const confirm = (): void => {
    const command = props.command(values);
    press('wrong' in command ? command : () => send(command));
  };
  const inner = width - 4;
  const head = about.flatMap((text, index) =>
    wrap(text, inner - 2, 4).map((line): Spans => [' ', index === 0 ? span('strong', line) : line]),
  );
  return (
    <FormDialog
      title={title}
      status={status}
      head={head}
      fields={fields(values)}
      foot={saidLines(said, inner, glyphs)}
      state={state}
      action={action}
      width={width}
      onStep={step}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
