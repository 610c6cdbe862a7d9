import type { Random } from './random.ts'

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

function organisationCheck(body: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36),
    0,
  )
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** Check character of a unified social credit code (GB 32100) over its first 17. */
export function creditCheck(body: string): string {
  const sum = CREDIT_WEIGHTS.reduce(
    (total, weight, i) => total + weight * CREDIT_ALPHABET.indexOf(body.charAt(i)),
    0,
  )
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** `register` '91' company, '12' public institution, '52' private non-enterprise unit, '92' sole trader. */
export function inventCreditCode(
  register: '91' | '12' | '52' | '92',
  regionCode: string,
  random: Random,
): string {
  let organisation = 'MA'
  for (let i = 0; i < 6; i++) organisation += CREDIT_ALPHABET.charAt(random.int(0, 29))
  const body = register + regionCode + organisation + organisationCheck(organisation)
  return body + creditCheck(body)
}

/** GS1 check digit over the digits before it. */
export function gtinCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++)
    sum += Number(body.charAt(body.length - 1 - i)) * (i % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

export function inventGtin(makerNo: number, productNo: number): string {
  const body = `0699${String(makerNo).padStart(5, '0')}${String(productNo).padStart(4, '0')}`
  return body + gtinCheck(body)
}
