import { setMaxListeners } from 'node:events';
import type { Status } from '../../protocol/entities.js';
import type { EngineEvent } from '../../protocol/events.js';
import { LatestTrack, type Numbered, RecentTrack, type Track } from './event-tracks.js';

/** Lines kept for a console that opens later or reads slowly. */
const RECENT_LINES = 1_000;

/**
 * The engine's state as its events tell it, held once for all consoles: each of them keeps only its
 * place, so a stalled one costs nothing however much happens meanwhile.
 */
export class EventMirror {
  readonly #batch = new LatestTrack();
  readonly #mailboxes = new LatestTrack();
  readonly #failures = new RecentTrack(RECENT_LINES);
  readonly #log = new RecentTrack(RECENT_LINES);
  readonly #end = new LatestTrack();
  readonly #ended = new AbortController();
  #seq = 0;

  constructor(start: Status) {
    // Every console listens for the end; that is no leak.
    setMaxListeners(0, this.#ended.signal);
    this.note({ type: 'batch', batch: start.batch });
    for (const mailbox of start.mailboxes) this.note({ type: 'mailbox', mailbox });
  }

  /** The end comes last, so that a console has seen everything when it hears of it. */
  get tracks(): readonly Track[] {
    return [this.#batch, this.#mailboxes, this.#failures, this.#log, this.#end];
  }

  /** Number of the latest event. */
  get seq(): number {
    return this.#seq;
  }

  /** Aborted when the batch has ended: nothing more will come. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  note(event: EngineEvent): void {
    this.#seq += 1;
    const numbered: Numbered = { seq: this.#seq, event };
    switch (event.type) {
      case 'batch':
        this.#batch.note('batch', numbered);
        break;
      case 'mailbox':
        this.#mailboxes.note(event.mailbox.id, numbered);
        break;
      case 'failure':
        this.#failures.note(numbered);
        break;
      case 'log':
        this.#log.note(numbered);
        break;
      case 'end':
        this.#end.note('end', numbered);
        this.#ended.abort();
    }
  }
}
