import { endpointKey } from '../../store/batch/endpoints.js';
import { pairOf } from '../schedule/scheduler.js';
import type { Course } from './course.js';

/** The mailboxes that wait for their first start. */
export class FirstStarts {
  /** The waiting mailboxes by pair of endpoints. */
  readonly #lines = new Map<string, Course[]>();
  readonly #places: ReadonlyMap<Course, number>;
  #size: number;

  /** @param courses  in the order in which they start */
  constructor(courses: readonly Course[]) {
    this.#places = new Map(courses.map((course, place) => [course, place]));
    this.#size = courses.length;
    for (const course of courses) {
      const line = this.#lineOf(course);
      line.push(course);
    }
  }

  get size(): number {
    return this.#size;
  }

  /**
   * The mailboxes of which some may start now: so many of each pair of endpoints. Where one mailbox of a pair has no
   * room, all behind it wait, so the scheduler need not be asked about each of 5,000.
   *
   * @param free  places
   */
  next(free: number): readonly Course[] {
    const heads = [...this.#lines.values()].flatMap((line) => line.slice(0, Math.max(1, free)));
    if (this.#lines.size === 1) return heads;
    return heads.sort((a, b) => (this.#places.get(a) ?? 0) - (this.#places.get(b) ?? 0));
  }

  /** A mailbox has started, and waits no more. */
  started(course: Course): void {
    const line = this.#lineOf(course);
    const at = line.indexOf(course);
    if (at < 0) return;
    line.splice(at, 1);
    this.#size--;
  }

  #lineOf({ load: { row } }: Course): Course[] {
    const pair = pairOf({ source: endpointKey('source', row), destination: endpointKey('destination', row) });
    const line = this.#lines.get(pair) ?? [];
    this.#lines.set(pair, line);
    return line;
  }
}
