/** A step: a command (its tag is put before it), bytes to send and the line to wait for, or a command on a second connection. */
export type Step = string | { readonly send: string; readonly until: RegExp } | { readonly elsewhere: string };

export interface Script {
  readonly name: string;
  /** Appended to a fresh user's name: `@quota`, `@small`, `@acl` are special on the real server. */
  readonly domain: string;
  /** Most scripts begin after LOGIN. */
  readonly login: 'first' | 'by the script';
  readonly steps: readonly Step[];
  /** Where the two may differ, by command, and why that is right. A difference that is gone fails the test. */
  readonly deviations: readonly { readonly step: string; readonly why: string }[];
}

/** Untagged lines that the embedded server sends wherever Dovecot leaves them out. */
export const COMMON: readonly { readonly line: RegExp; readonly why: string }[] = [
  {
    line: /^\* OK \[HIGHESTMODSEQ/,
    why: 'RFC 7162 section 3.1.2.1 wants it in every SELECT; Dovecot sends it only after somebody used CONDSTORE in the folder',
  },
];

export function script(
  name: string,
  steps: readonly Step[],
  more: Partial<Pick<Script, 'domain' | 'login' | 'deviations'>> = {},
): Script {
  return { name, steps, domain: '', login: 'first', deviations: [], ...more };
}
