import { z } from 'zod';

const count = z.int().positive();
const names = z.array(z.string().min(1));

/**
 * Values that an operator's file puts in place of a profile's. Absent: the profile's counts. Null: there is no limit.
 */
const profileOverridesSchema = z.strictObject({
  messageBytes: count.nullable().optional(),
  lineOctets: count.nullable().optional(),
  connectionsOfLogin: count.nullable().optional(),
  connectionsOfAddress: count.nullable().optional(),
  downADay: count.nullable().optional(),
  upADay: count.nullable().optional(),
  noMailNames: names.optional(),
  noMailAttributes: names.optional(),
  flow: z.enum(['pipelined', 'one at a time']).optional(),
  introduces: z.enum(['where offered', 'always']).optional(),
  idFields: z.record(z.string(), z.string()).optional(),
});
export type ProfileOverrides = z.infer<typeof profileOverridesSchema>;

/** An allowance of a day: of each account, or of the whole endpoint. */
const budgetSchema = z.strictObject({
  of: z.enum(['account', 'endpoint']),
  unit: z.enum(['bytes', 'messages']),
  most: count,
});
export type Budget = z.infer<typeof budgetSchema>;

/** Limits of an endpoint, as far as an operator gave them. */
export const endpointLimitsSchema = z.strictObject({
  profile: z.strictObject({
    /** Name of the profile; null: it is found by the host and by what the server says. */
    name: z.string().nullable(),
    overrides: profileOverridesSchema,
  }),
  /** Null: the budgets that the profile proposes. Empty: none. */
  budgets: z.array(budgetSchema).nullable(),
  /** Bytes a second, in both directions together; null: unlimited. */
  rate: count.nullable(),
});
export type EndpointLimits = z.infer<typeof endpointLimitsSchema>;

/** No limits were given. The profile is found by itself, and proposes the budgets. */
export const NO_LIMITS: EndpointLimits = { profile: { name: null, overrides: {} }, budgets: null, rate: null };
