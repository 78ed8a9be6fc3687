/** How a command ends. */
export type Outcome =
  | {
      readonly kind: 'tagged';
      readonly status: 'OK' | 'NO' | 'BAD';
      /** With its response code in brackets, if it has one. */
      readonly text: string;
      /** The fate of the connection after the answer. */
      readonly next: 'go-on' | 'close' | 'start-tls';
    }
  /** Written as they are; `NO ...` and its like get the tag. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

export const ok = (text: string): Outcome => ({ kind: 'tagged', status: 'OK', text, next: 'go-on' });
export const no = (text: string): Outcome => ({ kind: 'tagged', status: 'NO', text, next: 'go-on' });
export const bad = (text: string): Outcome => ({ kind: 'tagged', status: 'BAD', text, next: 'go-on' });

/** The line of a fault's answer as it goes over the wire. */
export function withTag(line: string, tag: string): string {
  return /^(OK|NO|BAD)\b/.test(line) ? `${tag} ${line}` : line;
}
