import { BadInput } from '../../../words/bad-input.js';

/** The fields that a filter can match, one option each. Values of one are alternatives; together they all must hold. */
export interface FilterParts {
  readonly code: readonly string[];
  readonly kind: readonly string[];
  readonly side: readonly string[];
  readonly mailbox: readonly string[];
  readonly folder: readonly string[];
  readonly command: readonly string[];
  /** Texts that the response, the mailbox or the folder holds. */
  readonly match: readonly string[];
  /** Written in the filter's own grammar. */
  readonly filter: readonly string[];
}

const FIELDS = ['code', 'kind', 'side', 'mailbox', 'folder', 'command'] as const;

/**
 * One filter that asks for all of it, in the grammar of `engine/decisions/filter`; '' for everything.
 *
 * @throws BadInput  where a value cannot be written in it
 */
export function filterText(parts: FilterParts): string {
  const fields = FIELDS.filter((field) => parts[field].length > 0).map(
    (field) => `${field}:${parts[field].map((value) => quoted(value, `--${field}`)).join(',')}`,
  );
  // Quoted always: TEXT is what is looked for, also where it looks like a field.
  const words = parts.match.map((text) => `"${checked(text, '--match')}"`);
  const own = parts.filter.map((text) => text.trim()).filter((text) => text !== '');
  return [...fields, ...words, ...own].join(' ');
}

function quoted(value: string, option: string): string {
  return /^[^\s,!:"]+$/.test(value) ? value : `"${checked(value, option)}"`;
}

/** The grammar has no sign for a quote within quotes. */
function checked(value: string, option: string): string {
  if (value === '') throw new BadInput(`${option}: a value is expected`);
  if (!value.includes('"')) return value;
  const instead = option === '--match' ? 'give the words around it' : 'write * in its place';
  throw new BadInput(`${option} ${value}: a quote cannot be looked for; ${instead}`);
}
