import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { AnOperator } from '../an-operator.js';

/** Commands about the batch `school` that are run for what they print. */
export function printedBy(operator: () => AnOperator) {
  const printed = () => JSON.parse(operator().out.text);
  const stored = () => readFile(join(operator().state, 'school', 'decisions.json'), 'utf8').catch(() => null);

  /** Runs a command that must do what it says; @returns its lines */
  async function does(...argv: string[]): Promise<string[]> {
    const code = await operator()
      .clears()
      .runs(...argv);
    expect([code, operator().err.text]).toEqual([0, '']);
    return operator().out.lines;
  }

  /** Runs a command that must be refused; @returns its one line */
  async function refused(...argv: string[]): Promise<string> {
    const code = await operator()
      .clears()
      .runs(...argv);
    expect([code, operator().out.text]).toEqual([2, '']);
    expect(operator().err.lines).toHaveLength(1);
    return operator().err.text;
  }

  async function groups(...argv: string[]): Promise<ErrorGroupEntity[]> {
    await does('errors', 'school', '--json', ...argv);
    return printed().groups;
  }

  return { printed, stored, does, refused, groups };
}
