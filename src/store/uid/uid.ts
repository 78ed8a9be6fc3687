/** A message's number in its folder: 1 to 4294967295, never reused under one UIDVALIDITY (RFC 3501, 2.3.1.1). */
export type Uid = number;

export const MAX_UID = 4_294_967_295;

export function isUid(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_UID;
}

/** @throws RangeError  when `value` is no UID: a fault of the program, not of the operator */
export function checkUid(value: number): void {
  if (!isUid(value)) throw new RangeError(`${value} is not a UID (1 to ${MAX_UID})`);
}
