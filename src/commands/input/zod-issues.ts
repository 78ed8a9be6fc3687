import type { z } from 'zod';

export type Path = readonly (string | number)[];

/** Something in a configuration that cannot be used. It repeats no value: a secret may stand anywhere. */
export interface Issue {
  /** The key that is wrong, or the table where one is missing. */
  readonly path: Path;
  /** Words that go after the key. */
  readonly why: string;
  /** The reader of an option said it, and named the key. */
  readonly namesItself?: true;
}

/** An issue of zod in an operator's words, a fault each. */
export function issuesOf(issue: z.core.$ZodIssue): readonly Issue[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]));
  const inside = issue.code === 'invalid_union' ? branchMeant(issue) : null;
  if (inside) return inside.flatMap((one) => issuesOf({ ...one, path: [...path, ...one.path] }));
  if (issue.code === 'custom') return [{ path, why: issue.message, namesItself: true }];
  return [{ path, why: whyOf(issue) }];
}

function whyOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${EXPECTED[issue.expected] ?? issue.expected} is expected`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')} is expected`;
    case 'invalid_union':
      return `${expectedOf(issue).join(' or ')} is expected`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is no name';
    default:
      return issue.message;
  }
}

/** Of what may be written in several ways, the one that was written; null: none of them. */
function branchMeant(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | null {
  return (
    issue.errors.find((branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0)) ??
    null
  );
}

const expectedOf = ({ errors }: z.core.$ZodIssueInvalidUnion): readonly string[] =>
  errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [EXPECTED[first.expected] ?? first.expected] : []));

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a table',
  record: 'a table',
};

/** Keys that would hold a secret: it has no place in a file that is looked at, copied and sent to others. */
const LITERAL: Readonly<Record<string, string>> = {
  secret: 'secret-file, secret-command or secret-env',
  'client-secret': 'secret-file, secret-command or secret-env',
  'refresh-token': 'refresh-token-file, which `nightferry login` writes',
  'private-key': 'service-account or certificate',
  password: 'password-command',
  token: 'token-command or oauth',
  'access-token': 'token-command or oauth',
  webhook: 'webhook-file, webhook-command or webhook-env',
  url: 'webhook-file, webhook-command or webhook-env',
};

function unknownKey(path: Path): Issue {
  const key = String(path.at(-1));
  const instead = Object.hasOwn(LITERAL, key) ? LITERAL[key] : undefined;
  if (instead === undefined) return { path, why: 'is not known here' };
  return { path, why: `a secret does not stand in this file: say where it is by ${instead}` };
}
