// Contracts: 100 pages typeset, signed by three, verified; seals: bin/bench signing [RUNS]
import {
  drawSeal,
  localProvider,
  signPdf,
  type Typeset,
  typeset,
  verifyPdf,
} from '#engines/signing/public.ts'
import {
  SAMPLE_DAY,
  sampleContract,
  sampleStamps,
  sampleTrust,
  signedSample,
} from '#engines/signing/samples.ts'

const runs = Number(process.argv[2] ?? 5)
const print = (name: string, figure: string) =>
  process.stdout.write(`${name.padEnd(44)}${figure.padStart(26)}\n`)

interface Measured<T> {
  /** Of the first run, and the median of the others: wall and CPU time in ms. */
  first: string
  again: string
  last: T
}

async function measure<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const times: [number, number][] = []
  let last: T | undefined
  for (let run = 0; run <= runs; run++) {
    const began = performance.now()
    const before = process.cpuUsage()
    last = await work()
    const used = process.cpuUsage(before)
    times.push([performance.now() - began, (used.user + used.system) / 1000])
  }
  const told = ([wall, cpu]: [number, number]) => `${wall.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms`
  const [first = [0, 0], ...others] = times
  const median = others.sort((a, b) => a[0] - b[0])[Math.floor(others.length / 2)] ?? first
  return { first: told(first), again: told(median), last: last as T }
}

const megabytes = () => `${Math.round(process.memoryUsage().rss / 1e6)} MB`

const trust = sampleTrust()
const setting = await measure<Typeset>(() => typeset(sampleContract(394), SAMPLE_DAY))
print(`typeset, checked, ${setting.last.pages} pages: first`, setting.first)
print(`typeset, checked, ${setting.last.pages} pages: again`, setting.again)
print('  memory', megabytes())

const seal = await measure(() => drawSeal({ name: '上海渠成示例医疗科技有限公司', kind: '合同专用章' }))
print('seal drawn', seal.again)

const provider = localProvider(trust.companies.maker)
const appearance = { seal: seal.last.png }
const timestamp = sampleStamps(trust, SAMPLE_DAY)
const one = { party: 'maker', provider, now: SAMPLE_DAY, appearance, timestamp }
const signing = await measure(() => signPdf(setting.last.pdf, one))
print('signed, with seal and timestamp', signing.again)
const across = await measure(() =>
  signPdf(setting.last.pdf, { ...one, appearance: { ...appearance, across_pages: true } }),
)
print('signed, with slices over all pages', across.again)

const [, , , whole] = await signedSample(trust, 394)
const verifying = await measure(() =>
  verifyPdf(whole, { roots: trust.root.certificates, at: SAMPLE_DAY, parties: 3 }),
)
print(
  `verified, three signatures, ${(whole.length / 1e6).toFixed(1)} MB: ${verifying.last.verdict}`,
  verifying.again,
)
print('  memory', megabytes())
