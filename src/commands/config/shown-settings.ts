import { budgetsOf, type KnownServer } from '../../engine/profiles/profile.js';
import type { Side } from '../../words/side.js';
import { showBytes } from '../../words/units.js';
import { BATCH_DEFAULTS } from '../input/batch-options.js';
import type { Setting } from '../input/config/config-settings.js';

/** Where a value comes from. */
export type From =
  | { readonly kind: 'flag' }
  /** `/path/nightferry.toml:4`. */
  | { readonly kind: 'file'; readonly place: string }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'default' };

/** An option of a run, as it counts. */
export interface Shown {
  /** As it is given on the command line, without the dashes. */
  readonly option: string;
  /** '': it is not set. */
  readonly value: string;
  readonly from: From;
}

export interface OptionSeen {
  /** `--source-ca`, without the dashes. */
  readonly option: string;
  /** As commander calls it. */
  readonly flag: string;
  readonly given: 'given' | 'not given';
  readonly value: unknown;
}

/** Options that hold a secret when they are given. */
const SECRETS: ReadonlySet<string> = new Set(['notifyUrl']);

/** @param placeOf  where a key of the configuration stands */
export function shownOption(
  { option, flag, given, value }: OptionSeen,
  taken: readonly Setting[],
  placeOf: (setting: Setting) => string,
  servers: Readonly<Record<Side, KnownServer | null>>,
): Shown {
  const setting = given === 'given' ? undefined : taken.findLast((one) => one.flag === flag);
  const proposal = given === 'given' || setting ? null : proposalOf(flag, servers);
  if (proposal) return { option, ...proposal };
  const from: From =
    given === 'given' ? { kind: 'flag' } : setting ? { kind: 'file', place: placeOf(setting) } : { kind: 'default' };
  const isSecret = SECRETS.has(flag) && value !== undefined;
  return { option, from, value: isSecret ? '(a secret)' : from.kind === 'default' ? usual(flag) : textOf(value) };
}

const usual = (flag: string): string =>
  Object.hasOwn(BATCH_DEFAULTS, flag)
    ? BATCH_DEFAULTS[flag as keyof typeof BATCH_DEFAULTS]
    : flag === 'look'
      ? 'true'
      : '';

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  // A table of the configuration is shown by its name.
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return String(value);
}

const SIDE_OF: Readonly<Record<string, Side>> = {
  sourceProfile: 'source',
  destinationProfile: 'destination',
  sourceBudget: 'source',
  destinationBudget: 'destination',
};

/** The value that the profile of a server proposes; null: none. */
function proposalOf(
  flag: string,
  servers: Readonly<Record<Side, KnownServer | null>>,
): Pick<Shown, 'value' | 'from'> | null {
  const side = SIDE_OF[flag];
  const server = side === undefined ? null : servers[side];
  if (!server || side === undefined) return null;
  const from = { kind: 'profile', name: server.name } as const;
  if (flag.endsWith('Profile')) return { value: server.name, from };
  const [budget] = budgetsOf({ budgets: null }, server, side);
  return budget ? { value: `${showBytes(budget.most)} a day`, from } : null;
}
