import type { DOMElement } from 'ink';
import { createContext, type RefObject, useContext, useLayoutEffect, useRef } from 'react';
import type { Target } from '../text/spans.js';
import { KeyHub } from './dispatch.js';
import { type Bounds, type Click, MouseHub, type Reach } from './mouse-hub.js';

export interface MouseArea {
  readonly hub: MouseHub;
  readonly reach: Reach;
}

export const MouseContext = createContext<MouseArea>({ hub: new MouseHub(new KeyHub()), reach: 'open' });

/** Lets a box be clicked, as long as it is mounted. */
export function useMouse(
  box: RefObject<DOMElement | null>,
  targetAt: (x: number, y: number) => Target | null,
  onClick: ((click: Click) => void) | null,
): void {
  const { hub, reach } = useContext(MouseContext);
  const owner = useRef(Symbol('mouse'));
  useLayoutEffect(() => {
    hub.put(owner.current, { reach, bounds: () => boundsOf(box.current), targetAt, onClick });
  });
  useLayoutEffect(() => {
    const mine = owner.current;
    return () => hub.drop(mine);
  }, [hub]);
}

/** Where Ink laid a box out, from the corner of the screen. */
function boundsOf(box: DOMElement | null): Bounds | null {
  const layout = box?.yogaNode?.getComputedLayout();
  if (!box || !layout) return null;
  let { left, top } = layout;
  for (let above = box.parentNode; above; above = above.parentNode) {
    left += above.yogaNode?.getComputedLeft() ?? 0;
    top += above.yogaNode?.getComputedTop() ?? 0;
  }
  return { left, top, width: layout.width, height: layout.height };
}
