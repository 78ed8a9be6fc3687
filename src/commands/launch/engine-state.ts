export type EngineState =
  | { readonly kind: 'running' }
  /** All that could be done is done; what is left waits for an operator. */
  | { readonly kind: 'waiting'; readonly exitCode: number }
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** Its connection closed, and it had not said that the batch has ended. */
  | { readonly kind: 'died' };
