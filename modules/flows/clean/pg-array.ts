/** An array literal of values that need no quoting: numbers, booleans, ISO dates, uuids, our own codes. */
export function pgArray(values: readonly (string | number | bigint | boolean | null)[]): string {
  let text = '{'
  for (const value of values) text += text.length > 1 ? `,${value ?? 'NULL'}` : (value ?? 'NULL')
  return `${text}}`
}

/** An array literal of any text; NUL, which PostgreSQL cannot hold, is left out. */
export function pgTextArray(values: readonly string[]): string {
  return `{${values.map((value) => (PLAIN.test(value) ? value : quoted(value))).join(',')}}`
}

// Letters, digits and a few marks, not the word NULL: nothing the array syntax could read otherwise.
const PLAIN = /^(?!null$)[\p{L}\p{N}_.:*/-]+$/iu

function quoted(value: string): string {
  return `"${value.replaceAll('\0', '').replace(/["\\]/g, '\\$&')}"`
}
