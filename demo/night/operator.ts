import type { RunningEngine } from '../../src/engine/running-engine.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import type { Clock } from '../../src/words/clock.js';
import type { Beat } from './beat.js';
import type { NightServers } from './servers.js';

const MINUTE = 60_000;

/**
 * Does what the operator of the story does: raises the quota of a mailbox that is held since it is full, and
 * starts it again. Until then somebody attends, and the batch does not end on what is held. Whoever watches in the
 * console may start it first; then the mailbox is at work already.
 */
export function operatorOf(
  night: {
    readonly story: readonly Beat[];
    readonly servers: NightServers;
    readonly engine: RunningEngine;
    readonly clock: Clock;
    readonly say: (text: string) => void;
  },
  signal: AbortSignal,
): (event: EngineEvent) => void {
  const { story, servers, engine, clock, say } = night;
  const toHelp = new Map<string, number>(
    story.flatMap(({ who, trouble }) =>
      trouble.flatMap((one) => (one.is === 'quota' ? [[`${who}@`, one.raisedAfter] as const] : [])),
    ),
  );
  const leave = toHelp.size > 0 ? engine.attend() : () => undefined;
  let open = toHelp.size;
  const done = () => {
    open -= 1;
    if (open === 0) leave();
  };
  const help = async (email: string, minutes: number): Promise<void> => {
    await clock.sleep(minutes * MINUTE, signal);
    if (signal.aborted) return;
    servers.raiseQuota(email);
    say(`the operator raises the quota of ${email} at the destination, and starts it again`);
    await engine.command({ do: 'start', mailbox: email });
  };
  return (event) => {
    if (event.type !== 'mailbox') return;
    const { email, state } = event.mailbox;
    const who = `${email.split('@')[0]}@`;
    const minutes = toHelp.get(who);
    if (minutes === undefined || (state.kind !== 'held' && state.kind !== 'synced')) return;
    toHelp.delete(who);
    void (state.kind === 'held' ? help(email, minutes) : Promise.resolve()).then(done);
  };
}
