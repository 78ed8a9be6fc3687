import { EventMirror } from '../../src/engine/host/event-mirror.js';
import type { RunningEngine } from '../../src/engine/running-engine.js';
import type { EngineClient } from '../../src/protocol/client.js';
import type { WallClock } from './story-clock.js';

/** As over the socket: changes come at most four times a second, whatever the time of the story does. */
const EVERY_MS = 250;

/** A client of the night's engine, told of what changed at the pace of whoever watches. */
export interface CalmClient extends EngineClient {
  /** Puts a line into the log that the engine did not write: what happens outside of it. */
  say(text: string): void;
}

/**
 * An engine of this process, as a console sees one over its socket. Where nothing changes, the time of the story
 * goes on all the same, and it is told of that.
 */
export function calmClient(engine: RunningEngine, wall: WallClock): CalmClient {
  const mirror = new EventMirror(engine.status());
  const deaf = engine.onEvent((event) => mirror.note(event));
  const followers = new Set<() => void>();
  let ticking = false;
  let close: () => void = () => undefined;
  // Later than the end was told: a line that closes without it is an engine that died.
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const tell = () => {
    if (!ticking) return;
    const { aborted: ended } = mirror.ended;
    if (!ended) mirror.note({ type: 'batch', batch: engine.status().batch });
    for (const follow of followers) follow();
    if (ended) close();
    else wall.after(EVERY_MS, tell);
  };
  return {
    command: (command) => engine.command(command),
    status: async () => engine.status(),
    closed,
    async subscribe(listener) {
      const places = mirror.tracks.map(() => 0);
      const follow = () => {
        for (const [index, track] of mirror.tracks.entries()) {
          for (const { seq, event } of track.since(places[index] ?? 0)) {
            places[index] = seq;
            listener(event);
          }
        }
      };
      followers.add(follow);
      follow();
      if (!ticking) wall.after(EVERY_MS, tell);
      ticking = true;
    },
    say(text) {
      const { now } = engine.status().batch;
      const line = { at: now, level: 'info', mailbox: null, side: null, folder: null, text } as const;
      mirror.note({ type: 'log', line });
    },
    close() {
      ticking = false;
      deaf();
      close();
    },
  };
}
