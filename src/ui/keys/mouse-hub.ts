import type { Key } from '../terminal/keys.js';
import type { MouseKey } from '../terminal/mouse.js';
import type { Target } from '../text/spans.js';
import type { KeyHub } from './dispatch.js';

/** A click on an area, in its own cells. */
export interface Click {
  readonly x: number;
  readonly y: number;
  /** The part that was clicked; null: none of its own. */
  readonly part: string | null;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `covered`: a question lies over it. */
export type Reach = 'open' | 'covered';

/** A block of lines that can be clicked. */
export interface MouseArea {
  readonly reach: Reach;
  /** Where it was laid out last; null: nowhere. */
  readonly bounds: () => Bounds | null;
  readonly targetAt: (x: number, y: number) => Target | null;
  /** Null where only the targets of its lines do something. */
  readonly onClick: ((click: Click) => void) | null;
}

/** Rows that one turn of the wheel moves. */
const WHEEL_ROWS = 3;

/** Finds what is under the mouse. The areas say themselves where they lie: nothing is read from the screen. */
export class MouseHub {
  readonly #areas = new Map<symbol, MouseArea>();

  constructor(private readonly keys: KeyHub) {}

  put(owner: symbol, area: MouseArea): void {
    this.#areas.set(owner, area);
  }

  drop(owner: symbol): void {
    this.#areas.delete(owner);
  }

  press({ name, x, y }: MouseKey): void {
    if (name !== 'click') {
      for (let row = 0; row < WHEEL_ROWS; row++) this.keys.run(name === 'wheel-up' ? 'list.up' : 'list.down');
      return;
    }
    // The later drawn lies above.
    for (const area of [...this.#areas.values()].reverse()) {
      const bounds = area.reach === 'open' ? area.bounds() : null;
      if (!bounds || !isIn(bounds, x, y)) continue;
      const [column, row] = [x - bounds.left, y - bounds.top];
      const target = area.targetAt(column, row);
      if (target && 'key' in target) return void this.keys.press(keyNamed(target.key));
      if (!area.onClick) continue;
      area.onClick({ x: column, y: row, part: target ? target.part : null });
      return;
    }
  }
}

function isIn({ left, top, width, height }: Bounds, x: number, y: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height;
}

/** As it comes from the keyboard. */
export function keyNamed(name: string): Key {
  return { name, text: name === 'space' ? ' ' : [...name].length === 1 ? name : '' };
}
