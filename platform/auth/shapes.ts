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
})
export type SessionAnswer = z.output<typeof sessionAnswer>
