import { BadInput } from '../../words/bad-input.js';

/** Whether a folder of that name can be a batch's. */
export function isBatchName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(name);
}

/** A batch's name is a folder's name. @throws BadInput  when it cannot be one */
export function checkBatchName(name: string): void {
  if (isBatchName(name)) return;
  throw new BadInput(
    `${JSON.stringify(name)} cannot be a batch's name: letters, digits, ".", "_" and "-", no "." in front, 100 at most`,
  );
}
