import { type MatchResult, normaliseInstitutionName, normaliseProductText } from '#engines/matching/public.ts'
import { type newCounts, readLines, type TableLayout } from '#engines/reading/public.ts'
import { addMonths, firstDay, lastDay } from '#kit/period.ts'
import { type CheckedLine, checkLine } from '#modules/flows/public.ts'
import type { loadMaster } from './load-master.ts'

export type Master = Awaited<ReturnType<typeof loadMaster>>
export type Seconds = Record<'read' | 'match' | 'check' | 'write', number>

interface Known {
  id: string
  state: 'auto' | 'waiting'
  target_id: string | null
  result: MatchResult
}
export interface CleanLine extends CheckedLine {
  customer_match: MatchResult | null
  product_match: MatchResult | null
}

const nobodyOwns = { load: async () => {}, of: () => null }

/** The month of a table: the given one, else its title's, else the one most of its first rows fall into. */
export function monthOfTable(layout: TableLayout, dates: readonly (string | null)[]): string | null {
  if (layout.context.month) return layout.context.month
  const counts = new Map<string, number>()
  for (const day of dates) if (day) counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? null
}

/** One table along the stations read → match → check, chunk by chunk; each distinct text is matched once. */
export async function* cleanTable(
  source: { path: string; name: string; layout: TableLayout },
  master: Master,
  options: { month: string | undefined; province: string | null },
  seconds: Seconds,
  counts: ReturnType<typeof newCounts>,
): AsyncGenerator<{ lines: CleanLine[]; month: string }> {
  const names = { customer: new Map<string, Known>(), product: new Map<string, Known>() }
  const seen = new Set<string>()
  let month = options.month
  const reading = readLines(source.path, source.name, source.layout, undefined, undefined, counts)
  for (;;) {
    let started = performance.now()
    const next = await reading.next()
    seconds.read += (performance.now() - started) / 1000
    if (next.done) return
    month ??=
      monthOfTable(
        source.layout,
        next.value.map((line) => line.reading.occurred_on),
      ) ?? addMonths('1970-01', 0)
    started = performance.now()
    const matched = next.value.map((read) => {
      const { reading: raw } = read
      const customer = known(names.customer, normaliseInstitutionName(raw.customer_raw), () =>
        master.institutions.match(raw.customer_raw, {
          province: options.province,
          address: raw.customer_address,
          aliases: master.aliases.customer,
        }),
      )
      const product = known(names.product, normaliseProductText(raw.product_raw, raw.spec_raw), () =>
        master.products.match(
          {
            name: raw.product_raw,
            spec: raw.spec_raw,
            code: raw.product_code,
            manufacturer: raw.manufacturer,
            unit: raw.unit,
          },
          master.aliases.product,
        ),
      )
      return { read, customer, product }
    })
    seconds.match += (performance.now() - started) / 1000
    started = performance.now()
    const rules = {
      month: firstDay(month),
      starts_on: firstDay(month),
      ends_on: lastDay(month),
      kind: source.layout.kind,
    }
    const lines = matched.map((line): CleanLine => {
      const checked = checkLine(line, master, rules, nobodyOwns)
      const key = String(checked.alike_key)
      if (['posted', 'waiting'].includes(checked.state) && seen.size === seen.add(key).size) {
        checked.issues.push('duplicate')
        checked.state = 'waiting'
      }
      return {
        ...checked,
        customer_match: line.customer?.result ?? null,
        product_match: line.product?.result ?? null,
      }
    })
    seconds.check += (performance.now() - started) / 1000
    yield { lines, month }
  }
}

function known(names: Map<string, Known>, text: string, match: () => MatchResult): Known | null {
  if (text === '') return null
  const before = names.get(text)
  if (before) return before
  const result = match()
  const target = result.decision === 'auto' && result.best ? result.best.id : null
  const name: Known = { id: text, state: target ? 'auto' : 'waiting', target_id: target, result }
  names.set(text, name)
  return name
}
