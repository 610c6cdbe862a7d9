const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** A tax id as it is compared: half width, upper case, no spaces or dashes. '' for what cannot be one. */
export function normaliseTaxId(written: string | null | undefined): string {
  if (!written) return ''
  const text = written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—'"]/g, '')
  return /^[0-9A-Z]{15,20}$/.test(text) && /\d{6}/.test(text) ? text : ''
}

/** A unified social credit code (GB 32100) whose last character proves the others: it was not mistyped. */
export function isProvenTaxId(tax: string): boolean {
  if (tax.length !== 18) return false
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = digits.indexOf(tax[i] as string)
    if (value < 0) return false
    sum += value * (weights[i] as number)
  }
  return digits[(31 - (sum % 31)) % 31] === tax[17]
}
