import { parseArgs } from 'node:util';
import { CASE_NAMES, type CaseName } from './against-cases.js';
import { PROFILE_NAMES, type Profile } from './lab/corpus.js';
import type { InstanceOptions } from './lab/dovecot.js';
import type { LineKind } from './line.js';

export interface BenchOptions {
  readonly profile: Profile;
  readonly messages: number;
  /** Messages of tools that wait for each one, on a far line. */
  readonly few: number;
  readonly runs: number;
  readonly lines: readonly LineKind[];
  /** Parts of names; empty: all. */
  readonly tools: readonly string[];
  readonly fsync: InstanceOptions['fsync'];
  readonly limitSeconds: number;
  /** A commit to be timed beside the present tree; null: other tools are. */
  readonly against: string | null;
  /** The cases that are timed against a commit. */
  readonly cases: readonly CaseName[];
}

export const USAGE = `npm run bench -- [options]
  --profile small|mixed|large   sizes of mail: 6 KB, 75 KB, 8 MB (small)
  --messages N                  messages to copy (1000; 200 mixed, 12 large)
  --few N                       messages for tools that wait for each one, on a far line (60; 12 large)
  --rtt MS,MS                   round trips to try (0,80)
  --security plaintext,tls      both
  --tools NAME,NAME             nightferry, naive, mbsync, dsync, imapsync (all that are here)
  --runs N                      the median of so many (1)
  --fsync optimized|always|never  of the servers (optimized, as Dovecot comes)
  --limit S                     seconds a run may take (600)
  --against COMMIT              time a commit beside the present tree, turn by turn, and print ratios
  --cases NAME,NAME             small, small1k, mixed, large, nothing: what is timed against a commit (all)`;

const USUAL = { small: [1000, 60], mixed: [200, 60], large: [12, 12] } as const;

/** @throws Error  one line, for a wrong option */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const known = {
    profile: text,
    messages: text,
    few: text,
    rtt: text,
    security: text,
    tools: text,
    runs: text,
    fsync: text,
    limit: text,
    against: text,
    cases: text,
  };
  const { values } = parseArgs({ args: [...args], options: known });
  const profile = one('--profile', values.profile ?? 'small', PROFILE_NAMES);
  const [messages, few] = USUAL[profile];
  const rtts = list(values.rtt ?? '0,80').map((rtt) => whole('--rtt', rtt, 0));
  const securities = list(values.security ?? (values.against === undefined ? 'plaintext,tls' : 'plaintext')).map(
    (name) => one('--security', name, ['plaintext', 'tls'] as const),
  );
  const count = whole('--messages', values.messages ?? String(messages), 1);
  return {
    profile,
    messages: count,
    few: Math.min(count, whole('--few', values.few ?? String(few), 1)),
    runs: whole('--runs', values.runs ?? '1', 1),
    lines: rtts.flatMap((rtt) => securities.map((security) => ({ rtt, security }))),
    tools: list(values.tools ?? ''),
    fsync: one('--fsync', values.fsync ?? 'optimized', ['optimized', 'always', 'never'] as const),
    limitSeconds: whole('--limit', values.limit ?? '600', 1),
    against: values.against ?? null,
    cases: list(values.cases ?? CASE_NAMES.join(',')).map((name) => one('--cases', name, CASE_NAMES)),
  };
}

function list(text: string): string[] {
  return text.split(',').filter((part) => part !== '');
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`${option} ${text}: a whole number from ${least} on`);
  return number;
}

function one<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Error(`${option} ${text}: one of ${choices.join(', ')}`);
  return found;
}
