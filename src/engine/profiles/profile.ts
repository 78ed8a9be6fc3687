import type { Budget, EndpointLimits } from '../../store/batch/limits.js';
import type { Side } from '../../words/side.js';
import { type Manners, ORDINARY_MANNERS } from './manners.js';

/** The providers and servers of which something is known, and `generic`: of which nothing is. */
export const PROFILE_NAMES = [
  'm365',
  'gmail',
  'workspace',
  'yahoo-aol',
  'exchange',
  'icloud',
  'zoho',
  'fastmail',
  'ionos',
  'ovh',
  'gmx',
  'yandex',
  'netease',
  'dovecot',
  'cyrus',
  'courier',
  'zimbra',
  'stalwart',
  'generic',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Values that a server does not announce, and that Nightferry acts by. Null: nothing is known, and nothing is done. */
export interface ProfileValues extends Manners {
  /** Bytes of the largest message that it takes, where it announces no APPENDLIMIT. */
  readonly messageBytes: number | null;
  /** Octets of the longest line of a message that it takes. */
  readonly lineOctets: number | null;
  /** Connections at a time that one login, or one address, is let have. */
  readonly connectionsOfLogin: number | null;
  readonly connectionsOfAddress: number | null;
  /** Bytes in 24 hours that one account may read, and write. */
  readonly downADay: number | null;
  readonly upADay: number | null;
  /** Folders that hold no mail: names at top level in any case, and attributes in any folder. */
  readonly noMailNames: readonly string[];
  readonly noMailAttributes: readonly string[];
}

/** Values of a server about which nothing is known. */
export const ORDINARY_VALUES: ProfileValues = {
  ...ORDINARY_MANNERS,
  messageBytes: null,
  lineOctets: null,
  connectionsOfLogin: null,
  connectionsOfAddress: null,
  downADay: null,
  upADay: null,
  noMailNames: [],
  noMailAttributes: ['\\Calendar', '\\Contacts', '\\Tasks', '\\Journal'],
};

/** Where a figure comes from, and when it was read there (`2026-11`). */
export interface Origin {
  readonly source: string;
  readonly date: string;
}

export interface Figure<T> extends Origin {
  readonly value: T;
}

export type Figures = { readonly [K in keyof ProfileValues]?: Figure<ProfileValues[K]> };

/** A habit that an operator should know. `hidden mail`: IMAP may not show all there is. */
export interface Fact extends Origin {
  readonly about: 'login' | 'flags' | 'duplicates' | 'hidden mail' | 'throttling' | 'errors' | 'limits' | 'folders';
  readonly text: string;
}

/** The marks by which a server is recognised. */
interface Marks {
  /** Domains: of the host itself, or of a domain above it. */
  readonly hosts: readonly string[];
  /** Looked for in the greeting and in the name that the server gives itself (RFC 2971). */
  readonly says: RegExp | null;
  readonly capabilities: readonly string[];
}

export interface Profile {
  readonly name: ProfileName;
  /** As its owner calls it. */
  readonly title: string;
  readonly marks: Marks;
  readonly figures: Figures;
  readonly facts: readonly Fact[];
}

/** A server as far as it is known: the values of its profile, with those of the operator in their place. */
export interface KnownServer {
  readonly name: ProfileName;
  readonly title: string;
  readonly values: ProfileValues;
  readonly facts: readonly Fact[];
}

/**
 * The allowances of a day on a side: as the operator said, else as the profile proposes. The source is read, and the
 * destination written to.
 */
export function budgetsOf(
  { budgets }: Pick<EndpointLimits, 'budgets'>,
  { values }: Pick<KnownServer, 'values'>,
  side: Side,
): readonly Budget[] {
  if (budgets !== null) return budgets;
  const most = side === 'source' ? values.downADay : values.upADay;
  return most === null ? [] : [{ of: 'account', unit: 'bytes', most }];
}
