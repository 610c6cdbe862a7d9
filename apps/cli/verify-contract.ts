import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Finding, SigningError, type VerificationReport, verifyPdf } from '#engines/signing/public.ts'

const USAGE = `Usage: bin/verify-contract FILE [--root PEM]... [--timestamp-root PEM]... [--parties N] [--at TIME] [--json]
  --root            authority that is trusted (PEM, several may stand in one file); nothing in the contract is
  --timestamp-root  authority of timestamps, if another
  --parties         how many parties must have signed
  --at              the moment of the check, ISO; now when it is not given
Exit: 0 valid, 1 not valid, 2 cannot be read, 64 wrong call.
`
const LARGEST = 200_000_000

interface Wanted {
  path: string
  roots: string[]
  timestampRoots: string[]
  parties: number | undefined
  at: Date
  json: boolean
}

/** `bin/verify-contract FILE`: whether a signed contract is whole, by whom and when it was signed. Needs no network and no database. */
function main(): void {
  const wanted = wantedFrom(process.argv.slice(2))
  if (!wanted) {
    process.stderr.write(USAGE)
    process.exitCode = 64
    return
  }
  try {
    if (statSync(wanted.path).size > LARGEST) throw new Error('文件超过 200 MB · The file is over 200 MB')
    const stamps = wanted.timestampRoots.flatMap(certificatesIn)
    const report = verifyPdf(readFileSync(wanted.path), {
      roots: wanted.roots.flatMap(certificatesIn),
      ...(stamps.length > 0 ? { timestamp_roots: stamps } : {}),
      at: wanted.at,
      parties: wanted.parties,
    })
    process.stdout.write(wanted.json ? `${JSON.stringify(report)}\n` : told(wanted, report))
    process.exitCode = report.verdict === 'valid' ? 0 : 1
  } catch (error) {
    const reason = error instanceof SigningError ? '不是 PDF 文件 · It is no PDF' : (error as Error).message
    if (wanted.json) process.stdout.write(`${JSON.stringify({ error: { message: reason } })}\n`)
    else process.stderr.write(`无法读取 · Cannot be read: ${wanted.path}\n${reason}\n`)
    process.exitCode = 2
  }
}

function wantedFrom(argv: string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        root: { type: 'string', multiple: true },
        'timestamp-root': { type: 'string', multiple: true },
        parties: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [path] = positionals
    const at = values.at === undefined ? new Date() : new Date(values.at)
    const parties = values.parties === undefined ? undefined : Number(values.parties)
    if (path === undefined || positionals.length > 1 || Number.isNaN(at.getTime())) return null
    if (parties !== undefined && !(Number.isInteger(parties) && parties > 0)) return null
    const timestampRoots = values['timestamp-root'] ?? []
    return { path, roots: values.root ?? [], timestampRoots, parties, at, json: values.json ?? false }
  } catch {
    return null
  }
}

function certificatesIn(path: string): string[] {
  const found = readFileSync(path, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g,
  )
  if (!found) throw new Error(`没有证书 · No certificate in ${path}`)
  return found
}

function told({ path, roots }: Wanted, report: VerificationReport): string {
  const valid = report.verdict === 'valid'
  const lines = [
    `${basename(path)}  ${valid ? '有效 · VALID' : '无效 · NOT VALID'}`,
    `${report.pages} 页 · pages, ${report.revisions} 次保存 · saves, ${report.signatures.length} 个签名 · signatures`,
  ]
  if (roots.length === 0)
    lines.push(
      '未给出受信任的根证书（--root），无法证明签署人的身份。',
      'No trusted root was given (--root): who signed is not proven.',
    )
  lines.push(...report.findings.flatMap((one) => sentences(one, '')))
  for (const one of report.signatures) {
    const time = one.signed_at ?? '?'
    const by = one.time_from === 'timestamp' ? '可信时间戳 · timestamp' : '自述 · claimed'
    lines.push(
      '',
      `[${one.party}] ${one.party_name}`,
      `  签署人 · signer    ${one.signer}（${one.issuer}）`,
      `  时间 · time        ${time}  ${by}`,
      `  方式 · how         ${one.level}, ${one.algorithm}, ${one.revision} (${one.covers_to} bytes)`,
      ...(one.findings.length === 0
        ? ['  完好 · nothing found']
        : one.findings.flatMap((each) => sentences(each, '  '))),
    )
  }
  return `${lines.join('\n')}\n`
}

function sentences({ severity, code, zh, en }: Finding, indent: string): string[] {
  return [`${indent}${severity === 'error' ? '✗' : '!'} ${zh}`, `${indent}  ${en}  [${code}]`]
}

main()
