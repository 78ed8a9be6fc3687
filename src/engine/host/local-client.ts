import type { EngineClient } from '../../protocol/client.js';
import type { RunningEngine } from '../running-engine.js';

/** A client of an engine in the same process: for tests and the demo. */
export function localClient(engine: RunningEngine): EngineClient {
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const deaf: (() => void)[] = [
    engine.onEvent((event) => {
      if (event.type === 'end') close();
    }),
  ];
  return {
    command: (command) => engine.command(command),
    async subscribe(listener) {
      const { batch, mailboxes } = engine.status();
      listener({ type: 'batch', batch });
      for (const mailbox of mailboxes) listener({ type: 'mailbox', mailbox });
      deaf.push(engine.onEvent(listener));
    },
    status: async () => engine.status(),
    closed,
    close() {
      for (const stop of deaf) stop();
      close();
    },
  };
}
