type Mask = 'name' | 'phone' | 'email'

/** What is known of one column with personal data. */
interface PersonalColumn {
  /** Whom it speaks of, and how near it comes to them. */
  class: 'contact' | 'account' | 'trace' | 'free-text' | 'secret'
  purpose: string
  /** How long after its purpose has ended; 'record' lives as long as the record that needs it. */
  retention: string
  /** How it is shown to who has not asked for it; columns without one leave by routes of the class `personal` alone, or as the name of a colleague. */
  mask?: Mask
}

/** Every column with personal data: `table.column`. */
export const PERSONAL_COLUMNS = {
  'people.login': { class: 'account', purpose: 'sign-in', retention: 'record' },
  'people.name': { class: 'account', purpose: 'who did what, told to colleagues', retention: 'record' },
  'people.email': { class: 'account', purpose: 'notifications', retention: 'record' },
  'credentials.password_hash': { class: 'secret', purpose: 'sign-in', retention: 'while the account lives' },
  'credentials.totp_secret': {
    class: 'secret',
    purpose: 'sign-in',
    retention: 'while the second factor is on',
  },
  'sessions.address': { class: 'trace', purpose: 'to find foreign sign-ins', retention: 'the session' },
  'sessions.agent': { class: 'trace', purpose: 'to find foreign sign-ins', retention: 'the session' },
  'known_devices.device_hash': {
    class: 'trace',
    purpose: 'lockout without shutting the owner out',
    retention: '400 days',
  },
  'sign_in_failures.login': { class: 'trace', purpose: 'to slow down guessing', retention: 'a week' },
  'distributors.contact_name': {
    class: 'contact',
    purpose: 'whom to call about flow files',
    retention: 'record',
    mask: 'name',
  },
  'distributors.contact_phone': {
    class: 'contact',
    purpose: 'whom to call about flow files',
    retention: 'record',
    mask: 'phone',
  },
} as const satisfies Record<string, PersonalColumn>

const masks = new Map<string, Mask>(
  Object.entries<PersonalColumn>(PERSONAL_COLUMNS).flatMap(([column, { mask }]) =>
    mask ? [[column.slice(column.indexOf('.') + 1), mask] as const] : [],
  ),
)

/** `138****1234`, `0571****34`, `张*`, `z***@example.com`: enough to know it again, not enough to use it. */
export function masked(text: string, mask: Mask): string {
  const signs = [...text]
  if (mask === 'name') return `${signs[0] ?? ''}${'*'.repeat(Math.max(1, signs.length - 1))}`
  if (mask === 'email') return text.replace(/^(.)[^@]*/u, '$1***')
  const [head, tail] =
    signs.length >= 11 ? [3, 4] : [Math.min(4, signs.length >> 1), signs.length >= 8 ? 2 : 0]
  return `${signs.slice(0, head).join('')}****${tail ? signs.slice(-tail).join('') : ''}`
}

/** A copy of an answer in which every field that the register masks is masked, however deep it lies. */
export function maskPersonal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPersonal)
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const mask = masks.get(field)
      if (mask && typeof inner === 'string' && inner !== '') return [field, masked(inner, mask)]
      return [field, maskPersonal(inner)]
    }),
  )
}

/** What came back masked is what it was: a form sends what it was shown. */
export function unmaskKept<T extends object>(old: Readonly<Record<string, unknown>>, sent: T): T {
  const kept = Object.entries(sent).filter(([field, value]) => {
    const [mask, known] = [masks.get(field), old[field]]
    return mask && typeof known === 'string' && known !== '' && value === masked(known, mask)
  })
  return { ...sent, ...Object.fromEntries(kept.map(([field]) => [field, old[field]])) }
}
