import type { EngineClient } from '../../protocol/client.js';
import type { EngineEvent } from '../../protocol/events.js';

/** A client that has heard everything since it was made. */
export interface AttentiveClient extends EngineClient {
  /** Resolves when the engine has said what it runs; false: its connection closed before. */
  readonly met: Promise<boolean>;
}

/**
 * Subscribes at once, and keeps what comes for the first subscriber. A console may take longer to load than a short
 * batch to run, and an engine that ends waits only for consoles that have asked.
 */
export function listenAtOnce(client: EngineClient): AttentiveClient {
  let kept: EngineEvent[] | null = [];
  let hear = (event: EngineEvent): void => {
    kept?.push(event);
  };
  let caughtUp: Promise<void> = Promise.resolve();
  const met = new Promise<boolean>((resolve) => {
    caughtUp = client.subscribe((event) => {
      resolve(true);
      hear(event);
    });
    void client.closed.then(() => resolve(false));
  });
  // Later subscribers get the error.
  caughtUp.catch(() => undefined);
  return {
    met,
    command: (command) => client.command(command),
    subscribe(listener) {
      if (!kept) return client.subscribe(listener);
      const missed = kept;
      kept = null;
      hear = listener;
      for (const event of missed) listener(event);
      return caughtUp;
    },
    status: () => client.status(),
    closed: client.closed,
    close: () => client.close(),
  };
}
