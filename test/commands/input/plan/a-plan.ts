import { parsePlan } from '../../../../src/commands/input/plan/plan.js';
import { BadInput } from '../../../../src/words/bad-input.js';

/** The plan that a text is. @throws BadInput */
export const read = (text: string | Uint8Array) =>
  parsePlan(Buffer.from(text as string), 'school.csv', 'Europe/Berlin');

/** The reason why a text is refused. */
export function refusal(text: string | Uint8Array): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  throw new Error('the plan was taken');
}
