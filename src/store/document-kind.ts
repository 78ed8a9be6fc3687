import type { z } from 'zod';

/** What a document is called, which version this program writes, and what it must look like. */
export interface DocumentKind<T> {
  /** In an operator's words, for error lines: `UID ledger`. */
  readonly what: string;
  readonly version: number;
  /** Describes the document as it is stored; it must not transform. */
  readonly schema: z.ZodType<T>;
}

export type Reading<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly data: T }
  | { readonly kind: 'bad'; readonly why: string }
  /** Written by a later version of this program: sound, but not for us to read or replace. */
  | { readonly kind: 'newer'; readonly version: number };

/** Judges the text of a document. */
export function readDocument<T>(kind: DocumentKind<T>, text: string | null): Reading<T> {
  if (text === null) return { kind: 'absent' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'bad', why: text === '' ? 'it is empty' : 'it is not whole JSON' };
  }
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version === 'number' && version > kind.version) return { kind: 'newer', version };
  const result = kind.schema.safeParse(json);
  if (result.success) return { kind: 'good', data: result.data };
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'the document';
  return { kind: 'bad', why: `${where}: ${issue?.message ?? 'not valid'}` };
}
