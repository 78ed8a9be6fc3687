/**
 * The fate of a detached engine when its user logs out. With KillUserProcesses=yes (logind.conf(5)) the
 * login session's processes are ended, those with a session of their own too; a scope of the user's own manager
 * is spared, as long as that manager goes on (lingering).
 */
export type Survival =
  | { readonly kind: 'survives' }
  /** The engine was started by systemd-run --user --scope, and survives. */
  | { readonly kind: 'in a scope' }
  /** The engine ends with the session. `hint` is the line that says so. */
  | { readonly kind: 'ends'; readonly hint: string };

/** The output of the programs that were asked; null where there is no such program or it failed. */
export interface LoginFacts {
  readonly user: string;
  /** The login session; null: there is none, and nobody ends the engine. */
  readonly sessionId: string | null;
  /** `loginctl show-session`: properties of the manager, a line each. */
  readonly manager: string | null;
  /** logind.conf and its drop-ins, in the order in which they count; read where loginctl could not be asked. */
  readonly config: string;
  /** `loginctl show-user`: properties of this user. */
  readonly self: string | null;
  readonly scopes: 'available' | 'missing';
}

/** Only root is spared unless logind.conf says otherwise. */
const SPARED_BY_DEFAULT = 'root';

export function survivalOf(facts: LoginFacts): Survival {
  if (facts.sessionId === null) return { kind: 'survives' };
  const said = facts.manager ?? facts.config;
  if (!isYes(settingOf(said, 'KillUserProcesses'))) return { kind: 'survives' };
  const only = wordsOf(settingOf(said, 'KillOnlyUsers'));
  const spared = wordsOf(settingOf(said, 'KillExcludeUsers') ?? SPARED_BY_DEFAULT);
  if ((only.length > 0 && !only.includes(facts.user)) || spared.includes(facts.user)) return { kind: 'survives' };
  if (isYes(settingOf(facts.self ?? '', 'Linger')) && facts.scopes === 'available') return { kind: 'in a scope' };
  return {
    kind: 'ends',
    hint:
      'this machine ends your processes when you log out (KillUserProcesses=yes), the copy too: ' +
      '`loginctl enable-linger` before the start lets it go on',
  };
}

/** The value of a setting. The last one counts, as in logind.conf, and comments do not. */
function settingOf(text: string, key: string): string | null {
  let value: string | null = null;
  for (const line of text.split('\n')) {
    const [name = '', ...rest] = line.split('=');
    if (name.trim() === key) value = rest.join('=').trim();
  }
  return value;
}

const isYes = (value: string | null) => value !== null && /^(?:yes|true|on|1)$/i.test(value);
const wordsOf = (value: string | null) => (value ?? '').split(/\s+/).filter((word) => word !== '');
