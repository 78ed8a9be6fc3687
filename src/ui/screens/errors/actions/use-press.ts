import { useRef, useState } from 'react';

/** The message that a dialog shows about itself. */
export interface Said {
  readonly tone: 'alert' | 'dim';
  readonly text: string;
}

/** The work that a press begins, which tells why it failed or null; or what is wrong, so that nothing is begun. */
type Pressed = (() => Promise<string | null>) | { readonly wrong: string };

interface Press {
  /** The progress of the work, or why the last one failed; null: neither. */
  readonly said: Said | null;
  readonly press: (pressed: Pressed) => void;
}

/** Takes the presses of a dialog's button, one at a time. @param progress  said while its work is under way */
export function usePress(progress: string): Press {
  const [said, setSaid] = useState<Said | null>(null);
  const busy = useRef(false);
  const press = (pressed: Pressed): void => {
    if (busy.current) return;
    if ('wrong' in pressed) {
      setSaid({ tone: 'alert', text: pressed.wrong });
      return;
    }
    busy.current = true;
    setSaid({ tone: 'dim', text: progress });
    void pressed().then((why) => {
      busy.current = false;
      setSaid(why === null ? null : { tone: 'alert', text: why });
    });
  };
  return { said, press };
}
