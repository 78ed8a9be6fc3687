import type { Figure, Origin } from '../profile.js';

/** When the figures were read. */
const DATE = '2026-11';

/** Operators tell one another, where the provider says nothing. */
export const BY_PRACTICE: Origin = { source: 'operators, in threads of migration tools', date: DATE };

/** A page, a standard, or the manual of a program. */
export const readIn = (source: string): Origin => ({ source, date: DATE });

export const figure = <T>(value: T, origin: Origin): Figure<T> => ({ value, ...origin });

export const MB = 1024 ** 2;
