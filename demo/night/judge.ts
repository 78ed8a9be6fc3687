import { compareAccounts } from '../compare.js';
import { ALL_THERE, type Beat } from './beat.js';
import { KEYWORD, whereTo, withKeyword } from './mail.js';
import { messagesOf, type NightMailbox } from './mailboxes.js';
import type { NightServers } from './servers.js';
import type { Witness } from './witness.js';

/** One mailbox's error ledger as it is on the disk: codes or kinds of what is open, and messages by what was noted. */
export interface Ledger {
  readonly open: readonly string[];
  readonly noted: readonly { readonly response: string; readonly messages: number }[];
}

/** The fate of a mailbox. */
export interface Verdict {
  readonly email: string;
  /** Messages that are at the destination as they were, and all that there are. */
  readonly same: number;
  readonly messages: number;
  readonly lacks: number;
  /** Twice or altered. */
  readonly extra: number;
  /** Deviations from the script, a line each. */
  readonly wrong: readonly string[];
}

/** Evidence by which a mailbox is judged. */
export interface Evidence {
  readonly servers: NightServers;
  readonly witness: Witness;
  /** By address. */
  readonly states: ReadonlyMap<string, string>;
  readonly ledgers: ReadonlyMap<string, Ledger>;
}

/** Counts one mailbox at both servers, and holds it and what was seen of it against the story. */
export function judge(mailbox: NightMailbox, story: readonly Beat[], evidence: Evidence): Verdict {
  const { email, folders } = mailbox;
  const beats = story.filter(({ who }) => email.startsWith(`${who}@`));
  const ending = beats.at(-1)?.ends ?? ALL_THERE;
  const keywordsKept = !beats.some(({ trouble }) => trouble.some(({ is }) => is === 'no keywords'));
  const { source, destination } = evidence.servers;
  const counted = compareAccounts(source.accounts.get(email), destination.accounts.get(email), {
    whereTo,
    counts: (path, flag) => keywordsKept || path !== 'INBOX' || flag !== KEYWORD,
  });
  const messages = messagesOf(mailbox);
  const wrong = [
    ...beats.flatMap(({ sights }) =>
      sights
        .filter((sight) => !evidence.witness.saw(email, sight))
        .map(
          (sight) =>
            `never shown: ${JSON.stringify(sight, patternText)}; its states: ${evidence.witness.statesText(email)}`,
        ),
    ),
    ...(ending.lacks === 'all'
      ? differences('moved', [], counted.same > 0 ? [`${counted.same} messages`] : [])
      : differences(
          'missing',
          ending.lacks.map((uid) => `INBOX ${uid}`),
          counted.missing,
        )),
    ...(counted.extra.length > 0 ? [`twice or altered at the destination: ${counted.extra.join(', ')}`] : []),
    ...differences('state', [ending.state], [evidence.states.get(email) ?? 'unknown']),
    ...differences('open errors', ending.open, evidence.ledgers.get(email)?.open ?? []),
    ...(keywordsKept ? [] : notedKeywords(folders.INBOX ?? 0, evidence.ledgers.get(email))),
    ...(counted.same + counted.missing.length === messages ? [] : [`${messages} messages became ${counted.same}`]),
  ];
  const { same, missing, extra } = counted;
  return { email, same, messages, lacks: missing.length, extra: extra.length, wrong };
}

function differences(what: string, expected: readonly string[], found: readonly string[]): string[] {
  if (expected.join() === found.join()) return [];
  return [`${what}: ${found.slice(0, 12).join(', ') || 'nothing'} instead of ${expected.join(', ') || 'nothing'}`];
}

/** Each message that lost its keyword must be noted. */
function notedKeywords(inbox: number, ledger: Ledger | undefined): string[] {
  const noted = ledger?.noted.find(({ response }) => response.includes(KEYWORD))?.messages ?? 0;
  const lost = withKeyword(inbox);
  return noted === lost ? [] : [`${noted} messages are noted as without ${KEYWORD} instead of ${lost}`];
}

/** JSON knows no patterns. */
function patternText(_: string, value: unknown): unknown {
  return value instanceof RegExp ? String(value) : value;
}
