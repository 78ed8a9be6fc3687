import type { Instant } from '../../protocol/entities.js';
import type { KeptPace } from '../../store/batch/kept-pace.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import type { NightPace } from '../../words/night-pace.js';
import { NightSeries, type PaceSample } from './night-series.js';

/** Milliseconds between two writes: an engine that dies loses so much of a graph, and nothing else. */
const SAVE_EVERY = 60_000;

/** The pace of the batch since it began, over all its engines: one file in its folder. */
export class NightRecord {
  #file: KeptPace | null = null;
  #series: NightSeries;
  #savedAt: Instant;
  #saving: Promise<void> = Promise.resolve();

  constructor(now: Instant) {
    this.#series = new NightSeries(null, now);
    this.#savedAt = now;
  }

  /** The series goes on from what engines before this one wrote down. */
  takeUp(file: KeptPace, now: Instant): void {
    this.#file = file;
    if (file.kept !== null) this.#series = new NightSeries(file.kept, now);
  }

  get pace(): NightPace {
    return this.#series.pace;
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    this.#savedAt += by;
    this.#series.clockSet(by);
  }

  note(now: Instant, sample: PaceSample): void {
    this.#series.note(now, sample);
    if (now - this.#savedAt < SAVE_EVERY) return;
    this.#savedAt = now;
    this.#save();
  }

  /** Resolves when the end is written down, too. Nothing is written after it. */
  async close(): Promise<void> {
    this.#save();
    this.#file = null;
    await this.#saving;
  }

  #save(): void {
    const [file, { pace }] = [this.#file, this.#series];
    if (file === null) return;
    this.#saving = this.#saving
      .then(() => file.save(pace))
      .catch((error: unknown) => {
        // A disk that refuses a graph refuses the copy, too, and that is told.
        if (diskTroubleIn(error) === null) throw error;
      });
  }
}
