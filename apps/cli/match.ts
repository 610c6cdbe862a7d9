import { readFileSync, writeFileSync } from 'node:fs'
import type { InstitutionEntry, InstitutionHints } from '#engines/matching/public.ts'
import { buildInstitutionIndex, describeReason, normaliseInstitutionName } from '#engines/matching/public.ts'

const usage = `usage: match --master FILE [--master FILE …] --in FILE --out FILE [--aliases FILE] [--explain]

  --master   CSV: id, name, aliases (separated by |), province, city, county, type, level; rows of type "chain" are left out
  --in       CSV: row_id, raw, distributor_province
  --out      CSV: row_id, id, score, decision (auto, review, none), reason
  --aliases  CSV: text, target_id, and optionally province
  --explain  reasons in words, and every candidate with its score
`

interface Options {
  masters: string[]
  input: string
  output: string
  aliases: string
  explain: boolean
}

function readOptions(args: readonly string[]): Options | null {
  const options: Options = { masters: [], input: '', output: '', aliases: '', explain: false }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--explain') {
      options.explain = true
      continue
    }
    const value = args[++i]
    if (value === undefined) return null
    if (arg === '--master') options.masters.push(value)
    else if (arg === '--in') options.input = value
    else if (arg === '--out') options.output = value
    else if (arg === '--aliases') options.aliases = value
    else return null
  }
  return options.masters.length > 0 && options.input !== '' && options.output !== '' ? options : null
}

/** Cells of a CSV text by RFC 4180, calls `row` for each record; the array is reused. */
function eachRow(text: string, row: (cells: readonly string[]) => void): void {
  const cells: string[] = []
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (i < text.length) {
    if (text.charCodeAt(i) === 34) {
      let cell = ''
      for (;;) {
        const end = text.indexOf('"', i + 1)
        if (end < 0) throw new Error('CSV: a quote is not closed')
        cell += text.slice(i + 1, end)
        i = end + 1
        if (text.charCodeAt(i) !== 34) break
        cell += '"'
      }
      cells.push(cell)
    } else {
      let end = i
      for (; end < text.length; end++) {
        const c = text.charCodeAt(end)
        if (c === 44 || c === 10 || c === 13) break
      }
      cells.push(text.slice(i, end))
      i = end
    }
    if (text.charCodeAt(i) === 44) {
      i++
      if (i === text.length) cells.push('')
      else continue
    }
    if (text.charCodeAt(i) === 13) i++
    if (text.charCodeAt(i) === 10) i++
    if (cells.length > 1 || cells[0] !== '') row(cells)
    cells.length = 0
  }
}

/** Records by column name; `pick` lists the columns wanted, absent ones read as ''. */
function eachRecord(
  path: string,
  pick: readonly string[],
  need: readonly string[],
  use: (values: string[]) => void,
): void {
  let places: number[] | null = null
  eachRow(readFileSync(path, 'utf8'), (cells) => {
    if (places === null) {
      for (const name of need)
        if (!cells.includes(name)) throw new Error(`${path}: column ${name} is missing`)
      places = pick.map((name) => cells.indexOf(name))
      return
    }
    use(places.map((p) => (p < 0 ? '' : (cells[p] ?? ''))))
  })
}

function readMasters(paths: readonly string[]): InstitutionEntry[] {
  const entries: InstitutionEntry[] = []
  const columns = ['id', 'name', 'aliases', 'province', 'city', 'county', 'type', 'level']
  for (const path of paths) {
    eachRecord(path, columns, ['id', 'name'], ([id, name, aliases, province, city, county, type, level]) => {
      if (!id || !name || type === 'chain') return
      entries.push({
        id,
        name,
        aliases: aliases ? aliases.split('|') : [],
        province: province || null,
        city: city || null,
        county: county || null,
        type: type || null,
        level: level || null,
      })
    })
  }
  return entries
}

/** Aliases by province ('' for all); the province's own wins. */
function readAliases(path: string): Map<string, Map<string, string>> {
  const byProvince = new Map<string, Map<string, string>>()
  if (path === '') return byProvince
  eachRecord(path, ['text', 'target_id', 'province'], ['text', 'target_id'], ([text, target, province]) => {
    const list = byProvince.get(province ?? '') ?? new Map<string, string>()
    list.set(normaliseInstitutionName(text ?? ''), target ?? '')
    byProvince.set(province ?? '', list)
  })
  const everywhere = byProvince.get('')
  if (everywhere !== undefined) {
    for (const [province, list] of byProvince) {
      if (province !== '') byProvince.set(province, new Map([...everywhere, ...list]))
    }
  }
  return byProvince
}

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

function run(options: Options): string {
  const index = buildInstitutionIndex(readMasters(options.masters))
  const aliases = readAliases(options.aliases)
  const built = process.cpuUsage()
  const lines = ['row_id,id,score,decision,reason']
  const started = performance.now()
  eachRecord(
    options.input,
    ['row_id', 'raw', 'distributor_province'],
    ['row_id', 'raw'],
    ([rowId, raw, province]) => {
      const hints: InstitutionHints = { province, aliases: aliases.get(province ?? '') ?? aliases.get('') }
      const { best, decision, candidates } = index.match(raw ?? '', hints)
      const reason = options.explain
        ? candidates
            .map(
              (c) =>
                `${c.id} ${c.score.toFixed(3)}: ${c.reasons.map((r) => describeReason(r, 'zh-CN')).join('，')}`,
            )
            .join(' | ')
        : (best?.reasons.map((r) => r.code).join(' ') ?? '')
      lines.push(
        `${quote(rowId ?? '')},${best?.id ?? ''},${best === null ? '0' : best.score.toFixed(4)},${decision},${quote(reason)}`,
      )
    },
  )
  writeFileSync(options.output, `${lines.join('\n')}\n`)
  const seconds = (performance.now() - started) / 1000
  const used = process.cpuUsage(built)
  const cpu = (u: NodeJS.CpuUsage) => ((u.user + u.system) / 1e6).toFixed(2)
  const rows = lines.length - 1
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  return `${rows} rows, ${Math.round(rows / seconds)} rows/s; CPU-seconds: build ${cpu(built)}, match ${cpu(used)}; peak memory ${peak} MB`
}

const options = readOptions(process.argv.slice(2))
if (options === null) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  try {
    process.stdout.write(`${run(options)}\n`)
  } catch (fault) {
    process.stderr.write(`match: ${fault instanceof Error ? fault.message : String(fault)}\n`)
    process.exitCode = 1
  }
}
