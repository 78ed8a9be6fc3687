import type { Output } from '../../src/commands/process/io.js';
import type { ErrorGroupEntity } from '../../src/protocol/answers.js';
import type { Ledger } from './judge.js';

/** The error ledgers as `nightferry errors` reads them from the disk, by address. */
export async function readLedgers(
  nightferry: (argv: readonly string[], out: Output) => Promise<number>,
): Promise<ReadonlyMap<string, Ledger>> {
  let text = '';
  const out: Output = {
    isTerminal: false,
    width: null,
    write: async (part) => {
      text += part;
    },
  };
  await nightferry(['errors', 'night', '--json'], out);
  const { groups } = JSON.parse(text) as { groups: readonly ErrorGroupEntity[] };
  const ledgers = new Map<string, { open: string[]; noted: { response: string; messages: number }[] }>();
  for (const group of groups) {
    for (const { mailbox, response, count } of group.entries) {
      const ledger = ledgers.get(mailbox) ?? { open: [], noted: [] };
      ledgers.set(mailbox, ledger);
      if (group.standing === 'settled') ledger.noted.push({ response, messages: count });
      else ledger.open.push(group.code ?? group.kind);
    }
  }
  return ledgers;
}
