import type { Field, Option, Values } from '../../components/form.js';

/** Where the passwords of several mailboxes come from. */
export type PasswordSource =
  | { readonly kind: 'plan'; readonly path: string }
  | { readonly kind: 'all'; readonly secret: string }
  /** One after the other. */
  | { readonly kind: 'each' };

const PLAN: Option = { id: 'plan', label: 'the plan', explains: 'it was corrected: its rows are read again' };
const ALL: Option = { id: 'all', label: 'one for all', explains: 'typed here' };
const EACH: Option = { id: 'each', label: 'each its own', explains: 'typed one after the other' };

/** A batch without a plan has none to be read again: it comes last there. @param planPath  null: there is none */
export function passwordFields(values: Values, planPath: string | null): readonly Field[] {
  const options = planPath === null ? [EACH, ALL, PLAN] : [PLAN, EACH, ALL];
  const from: Field = { kind: 'choice', id: 'from', label: 'from', shape: 'list', options };
  const chosen = values.from ?? options[0]?.id;
  if (chosen === 'plan')
    return [from, { kind: 'text', id: 'path', label: 'plan', initial: planPath ?? '', hint: 'a CSV file' }];
  return chosen === 'all' ? [from, { kind: 'hidden', id: 'secret', label: 'password', initial: '', hint: '' }] : [from];
}

export function passwordSource({ from, path = '', secret = '' }: Values): PasswordSource | { readonly wrong: string } {
  switch (from) {
    case 'plan':
      return path.trim() === '' ? { wrong: 'the path of the plan is expected' } : { kind: 'plan', path: path.trim() };
    case 'all':
      return secret === '' ? { wrong: 'an empty password is not sent' } : { kind: 'all', secret };
    default:
      return { kind: 'each' };
  }
}
