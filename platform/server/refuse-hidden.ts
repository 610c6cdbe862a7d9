import type { FastifyInstance } from 'fastify'
import { Refusal } from '#kit/refusal.ts'

// Control characters but tab and line ends, halves of characters, and marks that turn the direction of what follows: none of
// them is seen, and each makes a text read like another one.
const HIDDEN = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u
const SEEN_ENDS = /[\t\n\r]/g
/** What a file said is quoted with every sign it has. */
const QUOTED = /^(normal_text|.+_raw)$/

/** Refuses hidden-characters in any text of a request, with the name of its field. */
export function refuseHiddenCharacters(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body }) => {
    for (const part of [params, query, body]) refuseHidden(part)
  })
}

/** The same for values that did not come as JSON. */
export function refuseHidden(value: unknown, field = ''): void {
  if (typeof value === 'string') {
    if (QUOTED.test(field) || !HIDDEN.test(value.replace(SEEN_ENDS, ''))) return
    throw new Refusal(
      'hidden-characters',
      { field },
      { status: 400, fields: { [field]: 'hidden-characters' } },
    )
  }
  if (Array.isArray(value)) for (const one of value) refuseHidden(one, field)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      refuseHidden(name)
      refuseHidden(inner, name)
    }
  }
}
