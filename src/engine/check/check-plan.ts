import type { Batch } from '../../store/batch/batch.js';
import {
  type EndpointKey,
  endpointAt,
  endpointKey,
  endpointKeys,
  PerEndpoint,
  usedEndpointKeys,
} from '../../store/batch/endpoints.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Probed } from '../login/probe.js';
import { type Census, sumOfCensus } from './census.js';
import type { EndpointProbed } from './check-watch.js';
import type { Checking } from './checking.js';
import { type Finding, finding } from './finding.js';
import { judgeEndpoint } from './judge-endpoint.js';
import { judgeKnown } from './judge-known.js';
import { judgeRoomTogether, judgeRows, judgeTogether } from './judge-plan.js';
import { Round } from './round.js';
import { judgeFormer } from './write-test/judge-written.js';
import { jobsFor, runWriteTests, settleKeywords } from './write-test/write-tests.js';

/** The outcome of a check. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Of the mailboxes that were looked at. */
  readonly censuses: readonly Census[];
  /** Mailboxes that nobody logged in to, because a server or a shared login is of no use. */
  readonly notTried: number;
  /** Mailboxes in which a message was to be written and removed again. */
  readonly writtenTo: number;
}

/**
 * Looks at all mailboxes of a plan on both sides, several at once, and judges what it sees. Changes nothing at
 * either server, but for write tests. Ends early, with what was seen so far, where the signal is given.
 */
export async function checkPlan(checking: Checking): Promise<Checked> {
  const { batch } = checking;
  const probes = await Promise.all(
    SIDES.flatMap((side) => usedEndpointKeys(batch, side).map((key) => probeEndpoint(checking, side, key))),
  );
  const ofRows = judgeRows(batch);
  const away = new PerEndpoint(() => ({ isAway: false }));
  for (const { side, key, probed } of probes) away.at(side, key).isAway = !mayLetIn(probed);
  const round = new Round(checking, (row) => SIDES.some((side) => away.of(side, row).isAway));
  await round.all();
  const { notTried } = round;
  const ofServers = probes.flatMap((probe) => (isOver(probe, round.censuses, batch) ? [] : probe.findings));
  const [censuses, findings] = [inPlanOrder(batch, round.censuses), inPlanOrder(batch, round.findings)];
  const coming = censuses.reduce((sum, census) => sum + sumOfCensus(census).messages, 0);
  const unread = coming > 0 ? [finding('bodies-unread', 'source', { messages: coming })] : [];
  const unwritten = coming > 0 && checking.writeTest === 'none' ? [finding('nothing-written', 'destination')] : [];
  const byEmail = new Map(batch.mailboxes.map((row) => [row.email, row]));
  const rowOf = (mailbox: string) => byEmail.get(mailbox);
  const jobs = jobsFor(censuses, rowOf, checking.writeTest);
  const toWrite = jobs.filter(({ what }) => what === 'test').length;
  if (toWrite > 0) checking.watch.writing(toWrite);
  const tested = await runWriteTests(jobs, checking);
  const all = [
    ...ofServers,
    ...ofRows,
    ...settleKeywords(findings, tested, rowOf),
    ...judgeFormer(censuses, jobs),
    ...tested.flatMap((one) => one.findings),
    ...judgeTogether(censuses),
    ...judgeRoomTogether(censuses, batch, findings),
    ...judgeKnown(censuses, batch),
    ...unread,
    ...unwritten,
  ];
  const writtenTo = tested.filter(({ what }) => what === 'test').length;
  return { findings: withoutRepeats(all), censuses, notTried, writtenTo };
}

/** A server that greeted with BYE may take the next one. */
const mayLetIn = ({ kind }: Probed) => kind === 'answers' || kind === 'turned away';

/** A server turned the first one away, and took others behind it. */
function isOver({ probed, side, key }: EndpointProbed, censuses: readonly Census[], batch: Batch): boolean {
  if (probed.kind !== 'turned away') return false;
  const letIn = new Set(censuses.map(({ mailbox }) => mailbox));
  return batch.mailboxes.some((row) => letIn.has(row.email) && endpointKey(side, row) === key);
}

async function probeEndpoint(checking: Checking, side: Side, key: EndpointKey): Promise<EndpointProbed> {
  const { batch, clock, watch } = checking;
  const began = clock.monotonic();
  const probed = await checking.probe(side, key);
  const took = clock.monotonic() - began;
  const judged = judgeEndpoint(side, endpointAt(batch, side, key), probed, clock.now());
  const seen = { side, key, probed, took, findings: judged.map((one) => named(one, batch, side, key)) };
  watch.endpoint(seen);
  return seen;
}

/** A finding about a server, with its name where the batch has several. */
function named(one: Finding, batch: Batch, side: Side, key: EndpointKey): Finding {
  if (endpointKeys(batch, side).length === 1) return one;
  const { host } = endpointAt(batch, side, key);
  return { ...one, told: one.told === null ? host : `${host}: ${one.told}` };
}

/** They came in the order in which servers answered. */
function inPlanOrder<T extends { readonly mailbox: string | null }>(
  { mailboxes }: Pick<Batch, 'mailboxes'>,
  items: readonly T[],
): readonly T[] {
  const places = new Map(mailboxes.map(({ email }, place) => [email, place]));
  const placeOf = ({ mailbox }: T) => places.get(mailbox ?? '') ?? -1;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Rows that reach one mailbox are told once, whether their logins say so or their folders. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
}
