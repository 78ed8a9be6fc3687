import type { Clock } from '../../src/words/clock.js';
import type { Side } from '../../src/words/side.js';
import {
  answer,
  type CommandEvent,
  type CommandFault,
  delay,
  dropAfterDoing,
  dropAfterSending,
  type Rule,
  unsolicited,
  when,
} from '../server/index.js';
import type { Trouble, Troubled } from './beat.js';
import { messagesOf, type NightMailbox } from './mailboxes.js';

const MINUTE = 60_000;
/** Messages that the program asks for in one FETCH; the night only needs to be near it. */
const A_FETCH = 100;
/** Bytes of an answer that arrive before it breaks off: within the first messages. */
const BROKEN_OFF_AFTER = 2500;

/** The rules of one side for one trouble: none where it is not a matter of commands. */
export function rulesOf(trouble: Trouble, side: Side, mailbox: NightMailbox, clock: Clock): readonly Rule[] {
  if (!('side' in trouble) || trouble.side !== side) return [];
  const { email } = mailbox;
  switch (trouble.is) {
    case 'answers': {
      const { command, line, minutes, after } = trouble;
      return [forMinutes(command, answer(line), { email, from: nthAt(command, after, mailbox), minutes, clock })];
    }
    case 'drops': {
      const fault = trouble.when === 'done and not said' ? dropAfterDoing() : dropAfterSending(BROKEN_OFF_AFTER);
      const nth = nthAt(trouble.command, trouble.after, mailbox);
      return [when(trouble.command, fault, { account: email, nth, where: (event) => isMeant(trouble.command, event) })];
    }
    case 'says':
      return [when('EXAMINE', unsolicited(trouble.line), { account: email, times: 1 })];
  }
}

/** Storing takes its time. Last of the rules: a fault comes before it. */
export function pacing({ email, pace }: NightMailbox): Rule {
  return when('APPEND', delay(pace), { account: email });
}

function isMeant(command: Troubled, event: CommandEvent): boolean {
  return event.command === command && (command !== 'UID FETCH' || event.args.includes('BODY.PEEK[]'));
}

/** The number of the command among those of its name when this share of the mailbox is through. */
function nthAt(command: Troubled, share: number, mailbox: NightMailbox): number {
  const commands = command === 'APPEND' ? messagesOf(mailbox) : messagesOf(mailbox) / A_FETCH;
  return Math.max(1, Math.floor(share * commands));
}

function forMinutes(
  command: Troubled,
  fault: CommandFault,
  which: { readonly email: string; readonly from: number; readonly minutes: number; readonly clock: Clock },
): Rule {
  const { email, from, minutes, clock } = which;
  let seen = 0;
  let until: number | null = null;
  return (event) => {
    if (event.at !== 'command' || event.account !== email || !isMeant(command, event)) return undefined;
    seen += 1;
    if (seen < from) return undefined;
    until ??= clock.now() + minutes * MINUTE;
    return clock.now() < until ? fault : undefined;
  };
}
