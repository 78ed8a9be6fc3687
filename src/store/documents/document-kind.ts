import type { z } from 'zod';

/** The name of a document, the version that this program writes, and the shape of its contents. */
export interface DocumentKind<T> {
  /** In an operator's words, for error lines: `UID ledger`. */
  readonly what: string;
  readonly version: number;
  /** Describes the document as it is stored; it must not transform. */
  readonly schema: z.ZodType<T>;
  /**
   * Mends a document that would not be read again. It may leave out what can be learned anew, but never what became of
   * a message. Absent: such a document is not written.
   */
  readonly mend?: (data: T) => T;
  /**
   * Readers of former versions, oldest first; each gives the document as the version after it. One for the present
   * version fills in what earlier builds of it did not write. Absent: there was no other version.
   */
  readonly former?: readonly FormerVersion[];
}

/** Reads the document of an earlier release. The present version takes its place when it is next written. */
export interface FormerVersion {
  readonly version: number;
  /** @returns the document as the next version has it; not checked yet */
  readonly upgrade: (json: Readonly<Record<string, unknown>>) => unknown;
}

export type Reading<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly data: T }
  | { readonly kind: 'bad'; readonly why: string }
  /** A later version of this program wrote it: it is sound, but not for us to read or replace. */
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
  const version = versionOf(json);
  if (version !== null && version > kind.version) return { kind: 'newer', version };
  const result = kind.schema.safeParse(upgraded(kind, json));
  if (result.success) return { kind: 'good', data: result.data };
  return { kind: 'bad', why: issueOf(result.error) };
}

export type Writing<T> =
  | { readonly kind: 'as given'; readonly data: T }
  | { readonly kind: 'mended'; readonly data: T; readonly why: string }
  | { readonly kind: 'unfit'; readonly why: string };

/** Judges a document before it is written. A document that our own reader would refuse must not replace a good one. */
export function fitToWrite<T>(kind: DocumentKind<T>, data: T): Writing<T> {
  const asGiven = kind.schema.safeParse(data);
  if (asGiven.success) return { kind: 'as given', data };
  const why = issueOf(asGiven.error);
  if (kind.mend === undefined) return { kind: 'unfit', why };
  const mended = kind.mend(data);
  const again = kind.schema.safeParse(mended);
  return again.success ? { kind: 'mended', data: mended, why } : { kind: 'unfit', why: issueOf(again.error) };
}

function issueOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not valid'}`;
}

/** Each reader of a former version takes the document one version on. The schema judges the outcome. */
function upgraded<T>({ former = [] }: DocumentKind<T>, json: unknown): unknown {
  let now = json;
  for (const { version, upgrade } of former) {
    if (isRecord(now) && now.version === version) now = upgrade(now);
  }
  return now;
}

function versionOf(json: unknown): number | null {
  return isRecord(json) && typeof json.version === 'number' ? json.version : null;
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null;
}
