import type { EngineClient } from '../engine/client.js';
import type { EngineEvent } from '../engine/protocol.js';

export type EngineState =
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** Its line closed, and it had not said that the batch has ended. */
  | { readonly kind: 'died' };

/** What became of the engine that a console is open on, whichever of its lives that is. */
export class EngineWatch {
  #client: EngineClient;
  #state: EngineState = { kind: 'running' };

  constructor(client: EngineClient) {
    this.#client = this.#watched(client);
  }

  get state(): EngineState {
    return this.#state;
  }

  get client(): EngineClient {
    return this.#client;
  }

  /** The engine was started again. */
  follow(client: EngineClient): EngineClient {
    this.#state = { kind: 'running' };
    this.#client = this.#watched(client);
    return this.#client;
  }

  ended(exitCode: number): void {
    this.#state = { kind: 'ended', exitCode };
  }

  #watched(client: EngineClient): EngineClient {
    let left = false;
    void client.closed.then(() => {
      if (!left && this.#state.kind === 'running') this.#state = { kind: 'died' };
    });
    const note = (event: EngineEvent) => {
      if (event.type === 'end') this.ended(event.exitCode);
    };
    return {
      command: (command) => client.command(command),
      subscribe: (listener) =>
        client.subscribe((event) => {
          note(event);
          listener(event);
        }),
      status: () => client.status(),
      closed: client.closed,
      close() {
        left = true;
        client.close();
      },
    };
  }
}
