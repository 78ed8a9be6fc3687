import type { BatchEntity, MailboxEntity } from '../../../protocol/entities.js';
import { Prompt } from '../../components/Prompt.js';
import type { Actions } from '../../keys/dispatch.js';
import { useKeys } from '../../keys/use-keys.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { pauseOrContinue } from '../../select/orders.js';
import { nextStart } from '../../select/schedule.js';
import { useShell } from '../../shell/context.js';
import { readWait } from '../shared/read-wait.js';
import type { List } from '../shared/use-list.js';
import { useOrders } from '../shared/use-orders.js';
import { SCHEDULE_BINDINGS } from './bindings.js';
import { readConcurrency, readStagger, readWindow, type Typed } from './paces.js';
import { showRange, showWindow } from './schedule-lines.js';

const STEP_SECONDS = 300;

/** The keys of the schedule. @param own  what the screen itself does */
export function useScheduleKeys(list: List<MailboxEntity>, own: Actions): void {
  const { batch } = useView();
  const mailboxKeys = useMailboxKeys(list.current);
  const paceKeys = usePaceKeys(batch);
  useKeys(SCHEDULE_BINDINGS, { ...list.actions, ...mailboxKeys, ...paceKeys, ...own });
}

/** Orders for the mailbox under the cursor. */
function useMailboxKeys(current: MailboxEntity | null): Actions {
  const { now } = useView();
  const shell = useShell();
  const order = useOrders();
  if (!current) return {};
  const put = (by: number): void => {
    const at = nextStart(current) ?? now;
    void order({ kind: 'postpone', seconds: Math.max(0, Math.round((at - now) / 1000) + by) }, [current]);
  };
  const postpone = (): void => {
    const done = (text: string): string | null => {
      const wait = readWait(text);
      if ('wrong' in wait) return wait.wrong;
      void order({ kind: 'postpone', ...wait }, [current]);
      return null;
    };
    const close = () => shell.overlay(null);
    const explains = `${current.email} starts in so long, counted from now: 90 s, 5 min, 2 h`;
    shell.overlay(
      <Prompt title="postpone" explains={explains} initial="5 min" width={60} onDone={done} onClose={close} />,
    );
  };
  return {
    'schedule.open': () => shell.go('mailbox', { mailbox: current.id, email: current.email }),
    'schedule.start': () => void order({ kind: 'start' }, [current]),
    'schedule.later': () => put(STEP_SECONDS),
    'schedule.sooner': () => put(-STEP_SECONDS),
    'schedule.postpone': postpone,
    'schedule.pause': () => void order(pauseOrContinue([current]), [current]),
  };
}

/** Changes of the batch's pace, which are typed. */
function usePaceKeys(batch: BatchEntity | null): Actions {
  const { model } = useBatchConsole();
  const shell = useShell();
  const ask = (title: string, explains: string, initial: string, read: (text: string) => Typed): void => {
    const done = (text: string): string | null => {
      const typed = read(text);
      if ('wrong' in typed) return typed.wrong;
      void model.command(typed.command).then((answer) => {
        shell.toast(answer.ok ? 'good' : 'alert', answer.ok ? `${title}: ${text.trim()}` : answer.why);
      });
      return null;
    };
    const close = () => shell.overlay(null);
    shell.overlay(<Prompt {...{ title, explains, initial }} width={60} onDone={done} onClose={close} />);
  };
  if (!batch) return {};
  return {
    'schedule.stagger': () =>
      ask(
        'stagger',
        'Seconds between first starts, least and most. A source that sees all mailboxes log in at once may take it for an attack.',
        showRange(batch.stagger),
        readStagger,
      ),
    'schedule.concurrency': () =>
      ask('at once', 'Mailboxes at work at the same time, 1 to 100.', String(batch.concurrency), readConcurrency),
    'schedule.window': () =>
      ask(
        'window',
        'Mailboxes are at work in these hours only, local time unless you name a zone. When it closes they settle what is in flight, and go on when it opens.',
        showWindow(batch.window),
        readWindow,
      ),
  };
}
