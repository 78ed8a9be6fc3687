import type { Key } from '../terminal/keys.js';
import { isForText, selectedText, type TextValue, textOf, typeInto } from './text-value.js';

export interface Option {
  readonly id: string;
  readonly label: string;
  /** Behind the label, where options stand below each other. */
  readonly explains?: string;
}

/** A field of a dialog. */
export type Field =
  /** `line`: side by side, changed by left and right. `list`: below each other, changed by up and down. */
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly shape: 'line' | 'list';
      readonly options: readonly Option[];
    }
  | {
      readonly kind: 'text' | 'hidden';
      readonly id: string;
      readonly label: string;
      readonly initial: string;
      readonly hint: string;
    };

/** Values by id of the field: the id of the option, or the typed text. */
export type Values = Readonly<Record<string, string>>;

/** Where a field may depend on what others say. */
export type Fields = (values: Values) => readonly Field[];

/** The two ends of every dialog, after its fields. */
export const ACTION = 'action';
export const CANCEL = 'cancel';

export interface FormState {
  /** Id of a field, or one of the two ends; null: wherever it begins. */
  readonly focus: string | null;
  readonly chosen: Values;
  readonly typed: Readonly<Record<string, TextValue>>;
}

export const NEW_FORM: FormState = { focus: null, chosen: {}, typed: {} };

export type FormMove = 'next' | 'back' | 'left' | 'right' | 'up' | 'down';

/** The effect of a key or a click on a form. */
export type FormStep =
  | { readonly do: FormMove }
  | { readonly do: 'go'; readonly to: string }
  | { readonly do: 'choose'; readonly field: string; readonly option: string }
  | { readonly do: 'type'; readonly key: Key };

export function fieldValue(state: FormState, field: Field): string {
  if (field.kind === 'choice') {
    const chosen = state.chosen[field.id];
    return field.options.some(({ id }) => id === chosen) ? (chosen ?? '') : (field.options[0]?.id ?? '');
  }
  return textOf(textIn(state, field));
}

export function textIn({ typed }: FormState, field: Exclude<Field, { kind: 'choice' }>): TextValue {
  return typed[field.id] ?? selectedText(field.initial);
}

/** All values, those of fields that depend on others too. */
export function valuesOf(state: FormState, fields: Fields): Values {
  let values: Values = {};
  for (let known = -1; known < Object.keys(values).length; ) {
    known = Object.keys(values).length;
    values = Object.fromEntries(fields(values).map((field) => [field.id, fieldValue(state, field)]));
  }
  return values;
}

/** Where the keys go: a field, or one of the two ends. */
export function focusOf(state: FormState, fields: readonly Field[]): string {
  const places = [...fields.map(({ id }) => id), ACTION, CANCEL];
  return state.focus !== null && places.includes(state.focus) ? state.focus : (places[0] ?? ACTION);
}

/** The form after a key. Pure, so that ten keys of one chunk are ten steps. */
export function formAfter(state: FormState, step: FormStep, of: Fields): FormState {
  const fields = of(valuesOf(state, of));
  if (step.do === 'go') return { ...state, focus: step.to };
  if (step.do === 'choose')
    return { ...state, focus: step.field, chosen: { ...state.chosen, [step.field]: step.option } };
  const focus = focusOf(state, fields);
  const field = fields.find(({ id }) => id === focus);
  if (step.do === 'type') {
    if (!field || field.kind === 'choice' || !isForText(step.key)) return state;
    return { ...state, focus, typed: { ...state.typed, [focus]: typeInto(textIn(state, field), step.key) } };
  }
  if (field?.kind === 'choice') {
    const by = changeBy(field.shape, step.do);
    if (by !== 0) return { ...state, focus, chosen: { ...state.chosen, [focus]: besides(field, state, by) } };
  }
  const places = [...fields.map(({ id }) => id), ACTION, CANCEL];
  const back = step.do === 'back' || step.do === 'up' || step.do === 'left';
  const next = (places.indexOf(focus) + (back ? -1 : 1) + places.length) % places.length;
  return { ...state, focus: places[next] ?? ACTION };
}

function changeBy(shape: 'line' | 'list', step: FormMove): number {
  if (step === (shape === 'line' ? 'left' : 'up')) return -1;
  return step === (shape === 'line' ? 'right' : 'down') ? 1 : 0;
}

/** The option so many further on; the ends stop. */
function besides(field: Extract<Field, { kind: 'choice' }>, state: FormState, by: number): string {
  const at = field.options.findIndex(({ id }) => id === fieldValue(state, field));
  const next = Math.max(0, Math.min(field.options.length - 1, at + by));
  return field.options[next]?.id ?? '';
}
