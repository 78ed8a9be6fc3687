import { useState } from 'react';
import type { MessageLook } from '../../../protocol/answers.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';

/** The source's answer about one message. */
export type Looked =
  /** @property since  milliseconds since the epoch */
  | { readonly kind: 'asking'; readonly since: number }
  | { readonly kind: 'known'; readonly look: MessageLook }
  | { readonly kind: 'refused'; readonly why: string };

interface MessagePlace {
  /** Id of the mailbox. */
  readonly mailbox: string;
  readonly folder: string;
  readonly uid: number;
}

export interface Messages {
  readonly of: (place: MessagePlace) => Looked | null;
  readonly ask: (place: MessagePlace) => void;
}

/** Messages that the operator looked at on this screen. Forgotten with it: what they say is kept nowhere. */
export function useMessages(): Messages {
  const { model } = useBatchConsole();
  const { clock } = useShell();
  const [looks, set] = useState<Readonly<Record<string, Looked>>>({});
  const put = (key: string, looked: Looked) => set((before) => ({ ...before, [key]: looked }));
  return {
    of: (place) => looks[keyOf(place)] ?? null,
    ask: (place) => {
      const key = keyOf(place);
      if (looks[key]?.kind === 'asking') return;
      put(key, { kind: 'asking', since: clock.now() });
      void model.command({ do: 'message', ...place }).then((answer) => {
        if (answer.ok) put(key, { kind: 'known', look: answer.message });
        else put(key, { kind: 'refused', why: answer.why });
      });
    },
  };
}

function keyOf({ mailbox, folder, uid }: MessagePlace): string {
  return JSON.stringify([mailbox, folder, uid]);
}
