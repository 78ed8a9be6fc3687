/** The person who signs in, at a terminal, and perhaps with the browser on another machine. */
export interface Person {
  /** Shows what to do: a page to open, and where it asks for one, the code to type there. */
  asked(page: string, code: string | null): Promise<void>;
  /** Says in a line how it stands. */
  told(line: string): Promise<void>;
  /** Lines that are typed or pasted: the address at which the browser ended. */
  pasted(): AsyncIterable<string>;
}

/** The end of a sign-in. */
export type SignedIn =
  | { readonly ok: true }
  /** `why` in plain words, `mend` the step to take. */
  | { readonly ok: false; readonly why: string; readonly mend: string };
