import { stringify } from 'csv-stringify/sync';
import { type Census, sumOfCensus } from '../../engine/check/census.js';
import type { Checked } from '../../engine/check/check-plan.js';
import { type Finding, severityOf } from '../../engine/check/finding.js';
import { groupFindings } from '../../engine/check/group-findings.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import { harmless } from '../process/harmless.js';
import { wordsOf } from './finding-words.js';

const COLUMNS = [
  'severity',
  'kind',
  'side',
  'mailbox',
  'folder',
  'messages',
  'bytes',
  'limit',
  'told',
  'why',
  'todo',
] as const;

/** Findings in the order of the report, each with its severity. */
const ordered = (findings: readonly Finding[]) =>
  groupFindings(findings)
    .flatMap((group) => group.findings)
    .map((one) => ({ severity: severityOf(one), ...one, todo: wordsOf(one).todo }));

/** CSV (RFC 4180), a row a finding; what a spreadsheet would take for a formula has an apostrophe in front. */
export function checkCsv({ findings }: Checked): string {
  const rows = ordered(findings).map((row) =>
    COLUMNS.map((column) => {
      const value = row[column];
      return typeof value === 'string' ? harmless(value) : value;
    }),
  );
  return stringify([[...COLUMNS], ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

/** JSON lines: a `census` a mailbox, a `finding` each, and a `check` at the end. @param at  milliseconds since the epoch */
export function checkJson({ findings, censuses, notTried, writtenTo }: Checked, at: number): readonly string[] {
  const head = { v: PROTOCOL_VERSION, at };
  return [
    ...censuses.map((census) => ({ ...head, type: 'census', ...censusFields(census) })),
    ...ordered(findings).map((one) => ({ ...head, type: 'finding', ...one })),
    { ...head, type: 'check', mailboxes: censuses.length, notTried, writtenTo, willFail: findings.some(willFail) },
  ].map((line) => JSON.stringify(line));
}

const willFail = (one: Finding) => severityOf(one) === 'will fail';

function censusFields(census: Census) {
  const { mailbox, folders, quota, limit, busiest } = census;
  return { mailbox, sum: sumOfCensus(census), limit, quota, busiest, folders };
}
