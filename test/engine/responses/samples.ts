import { readFileSync } from 'node:fs';
import { classify, type Response } from '../../../src/engine/responses/classify.js';
import type { Kind, Scope } from '../../../src/words/verdict.js';

export interface Sample {
  readonly line: string;
  readonly command: string | null;
  readonly side: string;
  readonly server: string | null;
  readonly kind: Kind;
  readonly also?: readonly Kind[];
  /** Where they were judged too. */
  readonly scope?: Scope;
  readonly waitSeconds?: number;
}

/** Response lines with a judged kind, one JSON object a line. */
export function samplesIn(file: string): readonly Sample[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
}

export function responseOf({ line, command, side }: Sample): Response {
  return { line, command, side: side === 'destination' ? 'destination' : 'source' };
}

/** Lines read as a kind that neither the judge nor the judge's second choice would take, told in full. */
export function misread(samples: readonly Sample[]): readonly string[] {
  return samples.flatMap((sample) => {
    const { kind, rule } = classify(responseOf(sample));
    const right = kind === sample.kind || sample.also?.includes(kind);
    return right ? [] : [`${sample.line} (${sample.command}): judged ${sample.kind}, read as ${kind} by ${rule}`];
  });
}
