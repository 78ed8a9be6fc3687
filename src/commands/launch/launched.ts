import type { EngineClient } from '../../protocol/client.js';

/** An engine at work. */
export interface RunningLaunch {
  readonly kind: 'running';
  readonly client: EngineClient;
  /** Of its process, once it has ended (null: by a signal); null where it is none of ours to see. */
  readonly exitCode: Promise<number | null> | null;
}

/** An engine of its own, or how it ended before anybody could speak to it. */
export type Launched = RunningLaunch | { readonly kind: 'ended'; readonly exitCode: number };
