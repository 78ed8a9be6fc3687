import { type ActionDispatch, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { useShell } from '../../shell/context.js';
import { emptyForm, type FormAction, type FormState, formAfter, restoredForm } from './form-state.js';

export interface MoveFormState {
  readonly form: FormState;
  readonly act: ActionDispatch<[FormAction]>;
  /** The form as it is now, for what ends after a render. */
  readonly latest: () => FormState;
}

/** The form, kept while another screen is in front. @param isEmpty  there are no batches: the form is what one came for */
export function useMoveForm(isEmpty: boolean): MoveFormState {
  const shell = useShell();
  const kept = `${shell.entryId} form`;
  const isNew = useRef(!shell.kept.has(kept));
  const [form, act] = useReducer(formAfter, null, () => {
    const before = shell.kept.get(kept) as FormState | undefined;
    return before ? restoredForm(before) : emptyForm('batches');
  });
  useLayoutEffect(() => {
    shell.kept.set(kept, form);
  }, [shell.kept, kept, form]);
  useEffect(() => {
    if (isEmpty && isNew.current) act({ do: 'go', to: 'source user' });
  }, [isEmpty]);
  const latest = useRef(form);
  latest.current = form;
  return { form, act, latest: () => latest.current };
}
