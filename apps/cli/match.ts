import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import {
  buildInstitutionIndex,
  describeReason,
  type InstitutionEntry,
  type InstitutionIndex,
  type MatchResult,
  openInstitutionIndex,
} from '#engines/matching/public.ts'
import { Aliases } from './match/aliases.ts'
import { quoteCell, readColumns } from './match/csv.ts'
import { type Options, readOptions, usage } from './match/options.ts'

function* readMasters(paths: readonly string[]): Generator<InstitutionEntry> {
  const columns = ['id', 'name', 'aliases', 'province', 'city', 'county', 'type', 'level', 'tax_id']
  for (const path of paths) {
    for (const row of readColumns(path, columns, ['id', 'name'])) {
      const [id, name, aliases, province, city, county, type, level, tax_id] = row
      if (!id || !name || type === 'chain') continue
      yield {
        id,
        name,
        aliases: aliases ? aliases.split('|') : [],
        province: province || null,
        city: city || null,
        county: county || null,
        type: type || null,
        level: level || null,
        tax_id: tax_id || null,
      }
    }
  }
}

function openIndex(path: string): InstitutionIndex {
  const file = openSync(path, 'r')
  try {
    const buffer = new SharedArrayBuffer(fstatSync(file).size)
    const bytes = new Uint8Array(buffer)
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, Math.min(2 ** 30, bytes.length - at), at)
      if (read === 0) throw new Error(`${path}: cut off`)
      at += read
    }
    return openInstitutionIndex(buffer)
  } finally {
    closeSync(file)
  }
}

function prepareIndex(options: Options): InstitutionIndex {
  if (options.index !== '') return openIndex(options.index)
  const index = buildInstitutionIndex(readMasters(options.masters))
  if (options.saveIndex !== '') writeFileSync(options.saveIndex, new Uint8Array(index.toBuffer()))
  return index
}

/** All of an output line but the row's id. */
function writeResult({ best, decision, candidates }: MatchResult, explain: boolean): string {
  const reason = explain
    ? candidates
        .map((c) => {
          const told = c.reasons.map((r) => describeReason(r, 'zh-CN')).join('，')
          return `${c.id} ${c.score.toFixed(3)}: ${told}`
        })
        .join(' | ')
    : (best?.reasons.map((r) => r.code).join(' ') ?? '')
  const id = best === null ? '' : quoteCell(best.id)
  return `,${id},${best === null ? '0' : best.score.toFixed(4)},${decision},${quoteCell(reason)}`
}

function run(options: Options): string {
  const index = prepareIndex(options)
  const aliases = new Aliases(options.aliases)
  const built = process.cpuUsage()
  const started = performance.now()
  const lines = ['row_id,id,score,decision,reason']
  // A month repeats its names: each is matched once.
  const known = new Map<string, string>()
  const columns = [
    'row_id',
    'raw',
    'distributor_province',
    'distributor',
    'city',
    'address',
    'tax_id',
    'code',
  ]
  for (const row of readColumns(options.input, columns, ['row_id', 'raw'])) {
    const [
      rowId = '',
      raw = '',
      province = '',
      distributor = '',
      city = '',
      address = '',
      tax_id = '',
      code = '',
    ] = row
    const question = `${raw}\n${province}\n${distributor}\n${city}\n${address}\n${tax_id}\n${code}`
    let answer = known.get(question)
    if (answer === undefined) {
      const hints = {
        province,
        city,
        address,
        tax_id,
        code,
        codes: aliases.codesOf(distributor),
        alias_scopes: aliases.scopesOf(distributor, province),
      }
      answer = writeResult(index.match(raw, hints), options.explain)
      known.set(question, answer)
    }
    lines.push(quoteCell(rowId) + answer)
  }
  writeFileSync(options.output, `${lines.join('\n')}\n`)
  const seconds = (performance.now() - started) / 1000
  const used = process.cpuUsage(built)
  const cpu = (u: NodeJS.CpuUsage) => ((u.user + u.system) / 1e6).toFixed(2)
  const rows = lines.length - 1
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  return `${rows} rows (${known.size} distinct), ${Math.round(rows / seconds)} rows/s; CPU-seconds: build ${cpu(built)}, match ${cpu(used)}; peak memory ${peak} MB`
}

const options = readOptions(process.argv.slice(2))
if (process.argv.includes('--help')) process.stdout.write(usage)
else if (options === null) {
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
