import { useContext, useMemo } from 'react';
import type { MailboxEntity } from '../../../protocol/entities.js';
import { mailboxesIn, type Need, needRows } from '../../../protocol/needs.js';
import { keyNamed } from '../../keys/mouse-hub.js';
import { KeyHubContext } from '../../keys/use-keys.js';
import { useKept } from '../../shell/use-kept.js';
import { moveNight, type NightMove, nightLayout } from './layout.js';

/** Where the cursor is: on a card, by its id, and the place that it had. */
interface PanePlace {
  readonly id: string | null;
  readonly at: number;
}

/** The thing under the cursor among the panes: a row of what needs the operator, or one at work. */
interface Card {
  readonly id: string;
  readonly need: Need | null;
  readonly mailboxes: readonly MailboxEntity[];
}

const cardOfNeed = (need: Need): Card => ({ id: need.key, need, mailboxes: need.mailboxes });
const cardOfWorker = (mailbox: MailboxEntity): Card => ({ id: mailbox.id, need: null, mailboxes: [mailbox] });

export interface Panes {
  readonly layout: ReturnType<typeof nightLayout>;
  /** Rows of what needs the operator, as many as fit. */
  readonly needed: readonly Need[];
  readonly cursor: number;
  readonly card: Card | null;
  readonly move: (to: NightMove) => void;
  readonly click: (id: string) => void;
  /** The cursor stays on its card wherever that goes. */
  readonly hold: () => void;
}

/** The cards of the night, and the cursor among them. */
export function usePanes(
  needs: readonly Need[],
  workers: readonly MailboxEntity[],
  { width, height }: { readonly width: number; readonly height: number },
): Panes {
  const keys = useContext(KeyHubContext);
  const [pane, setPane] = useKept<PanePlace>('pane', { id: null, at: 0 });
  const layout = nightLayout({ mailboxes: mailboxesIn(needs), causes: needs.length }, workers.length, width, height);
  const needed = useMemo(() => needRows(needs, layout.needs), [needs, layout.needs]);
  const cards = useMemo(() => [...needed.map(cardOfNeed), ...workers.map(cardOfWorker)], [needed, workers]);
  // A row that was answered leaves the cursor at its place: on the next one.
  const cursorOf = ({ id, at }: PanePlace): number => {
    const found = cards.findIndex((one) => one.id === id);
    return found >= 0 ? found : Math.max(0, Math.min(at, cards.length - 1));
  };
  const cursor = cursorOf(pane);
  const card = cards[cursor] ?? null;
  const { columns, paneRows } = layout;
  const place = { needs: needed.length, workers: workers.length, columns, page: columns * paneRows };
  return {
    ...{ layout, needed, cursor, card },
    move: (to) =>
      setPane((now) => {
        const at = moveNight(cursorOf(now), to, place);
        return { id: cards[at]?.id ?? null, at };
      }),
    click: (id) => {
      if (card?.id === id) keys.press(keyNamed('enter'));
      else setPane({ id, at: cursor });
    },
    hold: () => setPane({ id: card?.id ?? null, at: cursor }),
  };
}
