/** Capabilities that can be switched off. `UIDNEXT` is no capability, but some servers do not tell it: so it is in the list. */
export const CAPABILITIES = [
  'STARTTLS',
  'SASL-IR',
  'ID',
  'ENABLE',
  'NAMESPACE',
  'CHILDREN',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'UNSELECT',
  'LITERAL+',
  'LITERAL-',
  'BINARY',
  'MULTIAPPEND',
  'UIDPLUS',
  'CONDSTORE',
  'ESEARCH',
  'QUOTA',
  'APPENDLIMIT',
  'AUTH=PLAIN',
  'AUTH=XOAUTH2',
  'AUTH=OAUTHBEARER',
  'X-GM-EXT-1',
  'UIDNEXT',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Capabilities that a client may know and use before it has logged in. */
const BEFORE_LOGIN: ReadonlySet<Capability> = new Set<Capability>([
  'SASL-IR',
  'ID',
  'ENABLE',
  'LITERAL+',
  'LITERAL-',
  'AUTH=PLAIN',
  'AUTH=XOAUTH2',
  'AUTH=OAUTHBEARER',
  'X-GM-EXT-1',
]);

export interface CapabilitySwitches {
  readonly without: readonly Capability[];
  /**
   * LITERAL- and X-GM-EXT-1 are off unless named here. LITERAL- then takes the place of LITERAL+ (RFC 7888 section 5:
   * never both).
   */
  readonly with: readonly Capability[];
  /** OAuth2 is offered only where tokens can be checked. */
  readonly tokens: boolean;
  /** APPENDLIMIT is offered only where there is one. */
  readonly appendLimit: boolean;
}

/** The capabilities that this server has, advertised at this moment or not. */
export function capabilitiesOf(switches: CapabilitySwitches): ReadonlySet<Capability> {
  const on = new Set<Capability>(CAPABILITIES);
  if (!switches.tokens) {
    on.delete('AUTH=XOAUTH2');
    on.delete('AUTH=OAUTHBEARER');
  }
  if (!switches.appendLimit) on.delete('APPENDLIMIT');
  on.delete(switches.with.includes('LITERAL-') ? 'LITERAL+' : 'LITERAL-');
  on.delete('X-GM-EXT-1');
  for (const name of switches.with) on.add(name);
  for (const name of switches.without) on.delete(name);
  return on;
}

export interface Moment {
  readonly loggedIn: boolean;
  readonly encrypted: boolean;
  /** Login is refused until the line is encrypted. */
  readonly loginNeedsTls: boolean;
  /** The global limit, when there is one (RFC 7889 section 3). */
  readonly appendLimit: number | null;
}

/** The words after CAPABILITY (RFC 3501 section 7.2.1) at this moment of a connection. */
export function advertised(on: ReadonlySet<Capability>, moment: Moment): string {
  const words = ['IMAP4rev1'];
  const loginOpen = moment.encrypted || !moment.loginNeedsTls;
  for (const name of CAPABILITIES) {
    if (!on.has(name) || name === 'UIDNEXT') continue;
    if (name === 'STARTTLS') {
      if (!moment.loggedIn && !moment.encrypted) words.push(name);
    } else if (name.startsWith('AUTH=')) {
      if (!moment.loggedIn && loginOpen) words.push(name);
    } else if (moment.loggedIn || BEFORE_LOGIN.has(name)) {
      words.push(wordFor(name, moment));
    }
  }
  if (!moment.loggedIn && !loginOpen) words.push('LOGINDISABLED');
  return words.join(' ');
}

function wordFor(name: Capability, moment: Moment): string {
  if (name === 'APPENDLIMIT') return moment.appendLimit === null ? name : `APPENDLIMIT=${moment.appendLimit}`;
  if (name === 'QUOTA') return 'QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE';
  return name;
}
