/**
 * Input of the operator that cannot be used. The message is the one clear line that is printed:
 * what, where (file, row, column, side), what to do. Ends the program with exit code 2.
 */
export class BadInput extends Error {
  override readonly name: string = 'BadInput';
}
