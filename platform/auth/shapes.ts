import { z } from 'zod'

/** Who is signed in, for the web app. */
export const sessionAnswer = z.object({
  person: z.object({ id: z.string(), name: z.string(), login: z.string(), locale: z.string() }),
  company: z.object({ id: z.string(), name: z.string(), is_demo: z.boolean() }),
  companies: z.array(z.object({ id: z.string(), name: z.string() })),
  roles: z.array(z.string()),
  scope: z.enum(['company', 'distributor', 'territory']),
  distributor: z.object({ id: z.string(), name: z.string() }).nullable(),
  permissions: z.array(z.string()),
  /** Set by somebody else, or too old: nothing but the profile opens before it is changed. */
  must_change_password: z.boolean(),
  /** Has no second factor and must: nothing but the profile opens before. */
  must_set_totp: z.boolean(),
})
export type SessionAnswer = z.output<typeof sessionAnswer>

export const locales = ['zh-CN', 'en'] as const

export const profileAnswer = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  locale: z.enum(locales),
  password_set_at: z.coerce.date(),
  totp_on: z.boolean(),
})
export const profileInput = z.strictObject({
  name: z.string().trim().min(1).max(60).optional(),
  locale: z.enum(locales).optional(),
})

export const scopes = ['company', 'distributor', 'territory'] as const

export const personRow = z.object({
  person_id: z.string(),
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  locale: z.enum(locales),
  roles: z.array(z.string()),
  scope: z.enum(scopes),
  distributor_id: z.string().nullable(),
  distributor_name: z.string().nullable(),
  disabled_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
  /** Whether they have a second factor. */
  totp_on: z.boolean(),
})
export type PersonRow = z.output<typeof personRow>

const place = {
  roles: z.array(z.string().max(60)).min(1).max(10),
  scope: z.enum(scopes),
  distributor_id: z.uuid().nullable(),
}
export const personInput = z.strictObject({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._@-]{1,119}$/),
  name: z.string().trim().min(1).max(60),
  email: z.email().max(200).nullable().default(null),
  ...place,
  distributor_id: place.distributor_id.default(null),
})
/** A password for the next sign-in alone; shown once. */
export const oneTimePassword = z.object({ one_time_password: z.string() })
/** Null when the login served another company already: it keeps its own password. */
export const personAdded = z.object({ person_id: z.string(), one_time_password: z.string().nullable() })
export const personChange = z
  .strictObject({
    name: personInput.shape.name,
    email: z.email().max(200).nullable(),
    ...place,
    disabled: z.boolean(),
  })
  .partial()
export type PersonInput = z.output<typeof personInput>
export type PersonChange = z.output<typeof personChange>

export const apiKeyRow = z.object({
  id: z.string(),
  /** The beginning of the key, by which it is recognised. */
  prefix: z.string(),
  name: z.string(),
  person_id: z.string(),
  person_name: z.string().nullable(),
  permissions: z.array(z.string()),
  addresses: z.array(z.string()),
  created_at: z.coerce.date(),
  expires_at: z.coerce.date(),
  last_used_at: z.coerce.date().nullable(),
  revoked_at: z.coerce.date().nullable(),
})
export const API_KEY_DAYS_MAX = 400
export const apiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  permissions: z.array(z.string().max(60)).min(1).max(50),
  /** Addresses and nets (`10.0.0.0/24`) it may be used from; none: any. */
  addresses: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
  /** The last day it works, in UTC; at most API_KEY_DAYS_MAX from now. */
  expires_on: z.iso.date(),
})

/** The first company and its administrator. */
export const setupInput = z.strictObject({
  /** From the link that the console showed. */
  token: z.string().min(1).max(100),
  company_code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,19}$/),
  company_name: z.string().trim().min(2).max(100),
  name: personInput.shape.name,
  login: personInput.shape.login,
  /** How strong it must be is the server's rule. */
  password: z.string().min(8).max(256),
})
export type SetupInput = z.output<typeof setupInput>
export const setupAnswer = z.object({ needed: z.boolean() })

/** Refusals of people, profiles and keys beside those of sign-in: the web holds a sentence for each. */
export const authRefusals = [
  'fresh-password-needed',
  'auth.wrong-credentials',
  'auth.totp-required',
  'auth.totp-wrong',
  'auth.totp-on',
  'auth.totp-off',
  'auth.totp-not-begun',
  'auth.totp-must-set',
  'auth.totp-unreadable',
  'auth.too-many',
  'auth.busy',
  'auth.signed-out',
  'auth.foreign-origin',
  'auth.setup-closed',
  'auth.no-company',
  'auth.wrong-key',
  'auth.weak-password',
  'auth.wrong-password',
  'auth.same-password',
  'auth.password-must-change',
  'people.already-here',
  'people.unknown-role',
  'people.two-admins',
  'people.own-roles',
  'people.own-password',
  'people.own-totp',
  'people.needs-distributor',
  'people.serves-other-companies',
  'keys.permission-not-given',
  'keys.wrong-expiry',
  'keys.wrong-address',
] as const
