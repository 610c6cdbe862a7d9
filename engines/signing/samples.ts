import type { Signed } from './fill-signature.ts'
import { drawSeal } from './seal/draw-seal.ts'
import { drawStrokes } from './seal/draw-strokes.ts'
import type { ContractDocument } from './shapes.ts'
import { signPdf } from './sign-pdf.ts'
import { type CertifiedKey, createRoot, issueCertificate, localProvider } from './trust/certificates.ts'
import type { TimestampAuthority } from './trust/signing-provider.ts'
import { answerTimestamp } from './trust/timestamp.ts'
import { typeset } from './typeset/typeset.ts'

/** A contract of three invented companies; `sections` makes it as long as one likes. */
export function sampleContract(sections = 6): ContractDocument {
  return {
    language: 'zh',
    title: '年度经销协议',
    subtitle: '（2027 年度）',
    number: 'QC-2027-0001',
    parties: [
      {
        key: 'maker',
        role: '甲方',
        name: '上海渠成示例医疗科技有限公司',
        lines: [
          { label: '统一社会信用代码', value: '91310115MA1K00001X' },
          { label: '地址', value: '上海市浦东新区示例路 1 号' },
        ],
      },
      { key: 'distributor', role: '乙方', name: '浙江示例康泰医药有限公司' },
      { key: 'agent', role: '丙方', name: 'Evergreen Sample Medical Co., Ltd.' },
    ],
    preamble: [['各方就 ', { text: '一次性使用输液器', underline: true }, ' 等产品的经销达成如下协议。']],
    sections: Array.from({ length: sections }, (_, index) => ({
      heading: index % 2 ? '销售指标' : '付款与信用',
      blocks: [
        {
          kind: 'clause',
          text: [
            '付款期限为 ',
            { text: '30', bold: true, underline: true },
            ' 日，自收货之日起算；信用额度 ¥500,000.00（人民币伍拾万元整）。',
          ],
          parts: [
            { kind: 'clause', text: '逾期按日万分之五计收违约金。' },
            { kind: 'clause', text: '连续两次逾期的，甲方可以暂停发货，first office。' },
          ],
        },
        { kind: 'paragraph', text: '本条所称“收货”，指乙方在系统中确认收货。#strong[不是标记] $x$ *也不是*' },
        {
          kind: 'table',
          caption: '季度指标',
          columns: [{ title: '季度' }, { title: '产品', share: 3 }, { title: '金额（元）', align: 'right' }],
          rows: [
            ['一季度', '输液器', '1,200,000.00'],
            ['二季度', '留置针', '900,000.00'],
          ],
        },
      ],
    })),
    closing: ['本协议一式三份，各方各执一份，签署后生效。'],
  }
}

export interface SampleTrust {
  root: CertifiedKey
  stamps: CertifiedKey
  companies: Record<'maker' | 'distributor' | 'agent', CertifiedKey>
}

const VALIDITY = { valid_from: new Date('2020-01-01T00:00:00Z'), valid_to: new Date('2049-01-01T00:00:00Z') }
export const SAMPLE_DAY = new Date('2026-11-25T08:00:00Z')

/** A trial authority, its timestamp responder, and three companies; one of them with an RSA key. */
export function sampleTrust(name = '渠成试用签名机构'): SampleTrust {
  const root = createRoot({ name }, VALIDITY)
  const company = (subject: string, algorithm: 'ecdsa-p256-sha256' | 'rsa-sha256' = 'ecdsa-p256-sha256') =>
    issueCertificate(root, 'company', { name: subject, number: '91310115MA1K00001X' }, VALIDITY, algorithm)
  return {
    root,
    stamps: issueCertificate(root, 'timestamp', { name: '渠成试用时间戳' }, VALIDITY),
    companies: {
      maker: company('上海渠成示例医疗科技有限公司'),
      distributor: company('浙江示例康泰医药有限公司', 'rsa-sha256'),
      agent: company('Evergreen Sample Medical Co., Ltd.'),
    },
  }
}

export function sampleStamps({ stamps }: SampleTrust, now: Date): TimestampAuthority {
  return (request) => answerTimestamp(request, stamps, now)
}

/** Signs for one party with seal and handwriting, a minute after the other for each minute given. */
export function signSample(
  pdf: Uint8Array,
  party: keyof SampleTrust['companies'],
  trust: SampleTrust,
  minute: number,
): Promise<Signed> {
  const now = new Date(SAMPLE_DAY.getTime() + minute * 60_000)
  const names = {
    maker: '上海渠成示例医疗科技有限公司',
    distributor: '浙江示例康泰医药有限公司',
    agent: 'Evergreen Sample Medical Co., Ltd.',
  }
  return signPdf(pdf, {
    party,
    provider: localProvider(trust.companies[party]),
    now,
    appearance: {
      seal: drawSeal({ name: names[party], kind: party === 'agent' ? 'CONTRACT SEAL' : '合同专用章' }).png,
      handwriting: drawStrokes(SCRIBBLE).png,
      across_pages: party === 'maker',
    },
    reason: '签署年度经销协议',
    timestamp: sampleStamps(trust, now),
  })
}

const SCRIBBLE = [
  Array.from({ length: 40 }, (_, step) => ({ x: step * 4, y: 40 + 25 * Math.sin(step / 3) })),
  Array.from({ length: 30 }, (_, step) => ({ x: 80 + 20 * Math.cos(step / 4), y: step * 3 })),
  Array.from({ length: 30 }, (_, step) => ({ x: 170 + step * 3, y: 60 - 30 * Math.abs(Math.sin(step / 5)) })),
]

/** The contract as typeset, and after each of its three signatures. */
export async function signedSample(
  trust: SampleTrust,
  sections = 6,
): Promise<[Buffer, Buffer, Buffer, Buffer]> {
  const { pdf } = typeset(sampleContract(sections), SAMPLE_DAY)
  const first = (await signSample(pdf, 'maker', trust, 1)).pdf
  const second = (await signSample(first, 'distributor', trust, 2)).pdf
  const third = (await signSample(second, 'agent', trust, 3)).pdf
  return [pdf, first, second, third]
}
