import { describe, expect, it } from 'vitest';
import { parseFingerprint } from '../../../../src/commands/input/endpoint/trust.js';
import { typedTrust } from '../../../../src/commands/input/endpoint/typed-trust.js';

const PLACE = { cwd: '/work', home: '/home/op' };
const HEX = 'AB'.repeat(32);
const SHOWN = Array.from({ length: 32 }, () => 'AB').join(':');

describe('what is typed as what makes a certificate good', () => {
  it.each([
    HEX,
    SHOWN,
    HEX.toLowerCase(),
    ` ${SHOWN} `,
    `SHA256:${SHOWN}`,
    `sha256 Fingerprint=${SHOWN}`,
    SHOWN.replaceAll(':', '-'),
    SHOWN.replaceAll(':', ' '),
  ])('is a fingerprint: %s', (typed) => {
    const { fingerprint, ca } = typedTrust(typed, PLACE);
    expect(ca).toBeUndefined();
    expect(parseFingerprint(fingerprint ?? '', '--source-fingerprint')).toBe(HEX);
  });

  it.each([
    ['with a digit too few', SHOWN.slice(0, -1), /64 hex digits/],
    ['of the wrong kind', 'AB'.repeat(20), /SHA-1/],
  ])('is a fingerprint %s, and refused as one', (_, typed, why) => {
    expect(() => parseFingerprint(typedTrust(typed, PLACE).fingerprint ?? '', '--source-fingerprint')).toThrow(why);
  });

  it.each([
    ['ca.pem', '/work/ca.pem'],
    ['~/certs/school.pem', '/home/op/certs/school.pem'],
    ['/etc/ssl/abcdef.pem', '/etc/ssl/abcdef.pem'],
    ['deadbeef', '/work/deadbeef'],
  ])('is a file: %s', (typed, path) => {
    expect(typedTrust(typed, PLACE)).toEqual({ ca: path });
  });

  it('is nothing where nothing was typed', () => {
    expect(typedTrust('  ', PLACE)).toEqual({});
  });
});
