import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isDict, isString } from './pdf/pdf-value.ts'
import { objectsAfter, readPdf, resolve } from './pdf/read-pdf.ts'
import { signatureFields } from './pdf/signature-fields.ts'
import {
  SAMPLE_DAY,
  type SampleTrust,
  sampleContract,
  sampleStamps,
  sampleTrust,
  signedSample,
  signSample,
} from './samples.ts'
import { signPdf } from './sign-pdf.ts'
import { createRoot, issueCertificate, localProvider, toPem } from './trust/certificates.ts'
import { OID, readMessage } from './trust/cms.ts'
import { integer, octets, oid, readDer, sequence } from './trust/der.ts'
import { timestampByUrl } from './trust/signing-provider.ts'
import { answerTimestamp } from './trust/timestamp.ts'
import { typeset } from './typeset/typeset.ts'
import { verifyPdf } from './verify/verify-pdf.ts'

const folder = mkdtempSync(join(tmpdir(), 'qucheng-signing-'))
const at = new Date(SAMPLE_DAY.getTime() + 3_600_000)
let trust: SampleTrust
let files: [Buffer, Buffer, Buffer, Buffer]

beforeAll(async () => {
  trust = sampleTrust()
  files = await signedSample(trust)
  const root = trust.root.certificates[0] ?? Buffer.alloc(0)
  writeFileSync(join(folder, 'root.pem'), toPem(root))
  writeFileSync(join(folder, 'signed.pdf'), files[3])
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The message of a signature, and the bytes it is about. */
function signatureAt(index: number): { message: Buffer; covered: Buffer } {
  const file = readPdf(files[3])
  const objects = objectsAfter(file)
  const value = resolve(objects, signatureFields(file, objects)[index]?.value.entries.get('V'))
  const contents = isDict(value) ? value.entries.get('Contents') : undefined
  if (!isString(contents)) throw new Error('no contents')
  const end = file.revisions[index + 2]?.to
  const covered = Buffer.concat([files[3].subarray(0, contents.from), files[3].subarray(contents.to, end)])
  return { message: readDer(contents.bytes, true).raw, covered }
}

describe('three parties sign in turn', () => {
  test('what stood in the file stays, to the byte', () => {
    for (const index of [1, 2, 3]) {
      const before = files[index - 1] ?? Buffer.alloc(0)
      expect(files[index]?.subarray(0, before.length).equals(before)).toBe(true)
    }
  })

  test('pdfsig calls every signature valid and every certificate trusted', () => {
    run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
    run('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem'])
    const told = run('pdfsig', ['-nssdir', folder, 'signed.pdf'])
    expect(told.match(/Signature is Valid\./g)).toHaveLength(3)
    expect(told.match(/Certificate is Trusted\./g)).toHaveLength(3)
    expect(told.match(/ETSI\.CAdES\.detached/g)).toHaveLength(3)
    expect(told).toContain('浙江示例康泰医药有限公司')
    expect(told.match(/Total document signed/g)).toHaveLength(1)
  })

  test.each([0, 1, 2])('openssl verifies signature %i as CAdES, and its timestamp', (index) => {
    const { message, covered } = signatureAt(index)
    writeFileSync(join(folder, 'message.der'), message)
    writeFileSync(join(folder, 'covered'), covered)
    const common = ['-CAfile', 'root.pem', '-attime', String(Math.floor(at.getTime() / 1000))]
    const given = ['-inform', 'DER', '-in', 'message.der', '-content', 'covered', '-binary', '-out', 'out']
    run('openssl', ['cms', '-verify', '-cades', ...given, ...common])
    expect(readFileSync(join(folder, 'out')).equals(covered)).toBe(true)
    const { signature, unsigned, signed } = readMessage(message)
    expect(signed.has(OID.signingTime)).toBe(false)
    writeFileSync(join(folder, 'token.der'), unsigned.get(OID.timestampToken)?.raw ?? '')
    writeFileSync(join(folder, 'value'), signature)
    const told = run('openssl', [
      'ts',
      '-verify',
      '-in',
      'token.der',
      '-token_in',
      '-data',
      'value',
      ...common,
    ])
    expect(told).toContain('Verification: OK')
  })

  test('our verifier tells who signed, when and how', () => {
    const report = verifyPdf(files[3], {
      roots: [readFileSync(join(folder, 'root.pem'), 'utf8')],
      at,
      parties: 3,
    })
    expect(report).toMatchObject({ verdict: 'valid', findings: [], revisions: 5 })
    expect(report.signatures).toMatchObject([
      {
        party: 'maker',
        signed_at: '2026-11-25T08:01:00.000Z',
        time_from: 'timestamp',
        algorithm: 'ec sha256',
      },
      {
        party: 'distributor',
        signer: '浙江示例康泰医药有限公司',
        level: 'PAdES-B-T',
        algorithm: 'rsa sha256',
      },
      { party: 'agent', signer: 'Evergreen Sample Medical Co., Ltd.', covers_to: files[3].length },
    ])
  })

  test('any order of signers will do, without seal or handwriting too', async () => {
    const second = await signPdf(files[0], {
      party: 'distributor',
      provider: localProvider(trust.companies.distributor),
      now: SAMPLE_DAY,
    })
    const { pdf } = await signSample(second.pdf, 'agent', trust, 4)
    const report = verifyPdf(pdf, { roots: trust.root.certificates, at })
    expect(report.findings.map(({ code }) => code)).toEqual(['party-not-signed'])
    expect(report.signatures.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ['timestamp-missing'],
      [],
    ])
  })
})

describe('signing refuses', () => {
  const sign = (pdf: Uint8Array, party: string) =>
    signPdf(pdf, { party, provider: localProvider(trust.companies.maker), now: SAMPLE_DAY })

  test('a party twice, a party that is none, a file that is none', async () => {
    await expect(sign(files[1], 'maker')).rejects.toMatchObject({ code: 'already-signed' })
    await expect(sign(files[1], 'stranger')).rejects.toMatchObject({ code: 'no-field' })
    await expect(sign(Buffer.from('hello'), 'maker')).rejects.toMatchObject({ code: 'bad-pdf' })
  })

  test('slices of a seal over all pages after somebody has signed', async () => {
    await expect(signSample(files[2], 'maker', trust, 9)).rejects.toMatchObject({ code: 'already-signed' })
    const second = (await signSample(files[0], 'distributor', trust, 1)).pdf
    await expect(signSample(second, 'maker', trust, 2)).rejects.toMatchObject({ code: 'not-first' })
  })

  test('an authority whose token is about something else', async () => {
    const now = SAMPLE_DAY
    const stray = sampleStamps(trust, now)
    const imprint = sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(Buffer.alloc(32)))
    const kept = await stray(sequence(integer(1), imprint))
    const timestamp = timestampByUrl('https://tsa.example', async () => kept)
    const asked = signPdf(files[0], {
      party: 'maker',
      provider: localProvider(trust.companies.maker),
      now,
      timestamp,
    })
    await expect(asked).rejects.toMatchObject({ code: 'timestamp-refused' })
  })
})

describe('the timestamp responder', () => {
  test('answers what openssl asks so that openssl verifies it', async () => {
    writeFileSync(join(folder, 'any'), '渠成')
    run('openssl', ['ts', '-query', '-data', 'any', '-sha512', '-cert', '-out', 'query.der'])
    const answer = await answerTimestamp(readFileSync(join(folder, 'query.der')), trust.stamps, at)
    writeFileSync(join(folder, 'answer.der'), answer)
    const time = ['-attime', String(Math.floor(at.getTime() / 1000))]
    const told = run('openssl', [
      'ts',
      '-verify',
      '-in',
      'answer.der',
      '-queryfile',
      'query.der',
      '-CAfile',
      'root.pem',
      ...time,
    ])
    expect(told).toContain('Verification: OK')
  })

  test('refuses an unknown hash and what is no request, in the form of the standard', async () => {
    writeFileSync(join(folder, 'any'), 'x')
    run('openssl', ['ts', '-query', '-data', 'any', '-sha1', '-out', 'weak.der'])
    for (const request of [readFileSync(join(folder, 'weak.der')), Buffer.from('no request')]) {
      writeFileSync(join(folder, 'refused.der'), await answerTimestamp(request, trust.stamps, at))
      expect(run('openssl', ['ts', '-reply', '-in', 'refused.der', '-text'])).toContain('Status: Rejected.')
    }
  })
})

describe('trust comes from outside the file', () => {
  const codes = (report: ReturnType<typeof verifyPdf>) => [
    ...new Set(report.signatures.flatMap(({ findings }) => findings.map(({ code }) => code))),
  ]

  test('another root of the same name is not trusted', () => {
    const other = sampleTrust()
    const report = verifyPdf(files[3], { roots: other.root.certificates, at })
    expect(codes(report)).toEqual(['timestamp-untrusted', 'certificate-untrusted'])
    expect(verifyPdf(files[3], { roots: [], at }).verdict).toBe('not-valid')
  })

  test('a certificate is checked for the time of its timestamp, or for today without one', async () => {
    const short = { valid_from: new Date('2026-11-01'), valid_to: new Date('2026-12-01') }
    const key = issueCertificate(trust.root, 'company', { name: '上海渠成示例医疗科技有限公司' }, short)
    const later = new Date('2028-01-01')
    const provider = localProvider(key)
    const one = { party: 'maker', provider, now: SAMPLE_DAY }
    const stamped = await signPdf(files[0], { ...one, timestamp: sampleStamps(trust, SAMPLE_DAY) })
    const bare = await signPdf(files[0], one)
    const late = await signPdf(files[0], { ...one, timestamp: sampleStamps(trust, later) })
    const check = (pdf: Uint8Array) => codes(verifyPdf(pdf, { roots: trust.root.certificates, at: later }))
    expect(check(stamped.pdf)).toEqual([])
    expect(check(bare.pdf)).toEqual(['timestamp-missing', 'certificate-not-valid-then'])
    expect(check(late.pdf)).toEqual(['time-implausible', 'certificate-not-valid-then'])
  })

  test('a company certificate neither issues others nor stamps, a stamp does not sign', async () => {
    const validity = { valid_from: new Date('2026-01-01'), valid_to: new Date('2030-01-01') }
    const fake = issueCertificate(
      trust.companies.agent,
      'company',
      { name: '上海渠成示例医疗科技有限公司' },
      validity,
    )
    const sign = async (key: Parameters<typeof localProvider>[0], stamps = trust.stamps) => {
      const timestamp = sampleStamps({ ...trust, stamps }, SAMPLE_DAY)
      const { pdf } = await signPdf(files[0], {
        party: 'maker',
        provider: localProvider(key),
        now: SAMPLE_DAY,
        timestamp,
      })
      return codes(verifyPdf(pdf, { roots: trust.root.certificates, at }))
    }
    expect(await sign(fake)).toContain('certificate-untrusted')
    expect(await sign(trust.stamps)).toContain('certificate-not-for-signing')
    expect(await sign(trust.companies.maker, trust.companies.agent)).toContain('timestamp-untrusted')
  })

  test('a chain with an RSA root works as well', async () => {
    const validity = { valid_from: new Date('2026-01-01'), valid_to: new Date('2060-01-01') }
    const root = createRoot({ name: 'RSA root' }, validity, 'rsa-sha256')
    const key = issueCertificate(
      root,
      'company',
      { name: '上海渠成示例医疗科技有限公司' },
      validity,
      'rsa-sha256',
    )
    const { pdf } = await signPdf(files[0], { party: 'maker', provider: localProvider(key), now: SAMPLE_DAY })
    expect(codes(verifyPdf(pdf, { roots: root.certificates, at }))).toEqual(['timestamp-missing'])
  })
})

test('a contract that nobody signed is not valid', () => {
  const { pdf } = typeset(sampleContract(1), SAMPLE_DAY)
  const report = verifyPdf(pdf, { roots: trust.root.certificates, at, parties: 2 })
  expect(report.findings.map(({ code }) => code)).toEqual([
    'no-signature',
    ...Array(3).fill('party-not-signed'),
    'party-count',
  ])
})
