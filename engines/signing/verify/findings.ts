import type { Finding, FindingCode } from '../shapes.ts'

type Words = readonly [severity: Finding['severity'], zh: string, en: string]

const WORDS: Record<FindingCode, Words> = {
  structure: [
    'error',
    '文件结构不完整或被改动（{reason}）',
    'The file is not whole or was altered ({reason})',
  ],
  'active-content': [
    'error',
    '文件含有会自行变化的内容（{key}）',
    'The file holds content that can change by itself ({key})',
  ],
  'no-signature': ['error', '文件中没有任何签名', 'The file holds no signature'],
  'party-not-signed': ['error', '{party} 尚未签署', '{party} has not signed'],
  'party-count': [
    'error',
    '应有 {wanted} 方签署，文件中有 {found} 方',
    '{wanted} parties should sign, the file has {found}',
  ],
  'revision-without-signature': [
    'error',
    '第 {revision} 次保存改动了文件，却没有新的签名',
    'Save {revision} changed the file without a new signature',
  ],
  'revision-after-last-signature': [
    'error',
    '最后一个签名之后文件又被追加了内容',
    'Something was appended after the last signature',
  ],
  'object-changed': [
    'error',
    '签署之后，第 {revision} 次保存改写了对象 {object}',
    'After signing, save {revision} rewrote object {object}',
  ],
  'object-hidden-before': [
    'error',
    '第 {revision} 次保存填入了此前预留的隐藏对象 {object}',
    'Save {revision} filled object {object}, which the file referred to before',
  ],
  'object-stray': [
    'error',
    '第 {revision} 次保存加入了与签名无关的对象 {object}',
    'Save {revision} added object {object}, which belongs to no signature',
  ],
  'form-changed': [
    'error',
    '签署之后，第 {revision} 次保存改动了表单或目录',
    'After signing, save {revision} changed the form or the catalogue',
  ],
  'page-changed': [
    'error',
    '签署之后，第 {revision} 次保存改动了第 {page} 页',
    'After signing, save {revision} changed page {page}',
  ],
  'field-changed': [
    'error',
    '签署之后，第 {revision} 次保存改动了 {party} 的签名域',
    'After signing, save {revision} changed the field of {party}',
  ],
  'field-lost': [
    'error',
    '{party} 的签名域在第 {revision} 次保存后消失了',
    'The field of {party} was lost in save {revision}',
  ],
  'field-shared': [
    'error',
    '多个签名域共用同一名称或同一签名',
    'Signature fields share a name or a signature',
  ],
  'signature-incomplete': [
    'error',
    '签名对象缺少必要内容或含有不允许的内容（{key}）',
    'The signature lacks a needed part or has one that is not allowed ({key})',
  ],
  'range-wrong': [
    'error',
    '签名覆盖的范围有缺口，未覆盖全部内容',
    'The signed range has a gap: it does not cover everything',
  ],
  'range-not-to-end': [
    'error',
    '签名没有覆盖到该次保存的末尾',
    'The signature does not reach the end of its save',
  ],
  'digest-differs': [
    'error',
    '文件内容在签署后被改动（摘要不符）',
    'The content was changed after signing (digest differs)',
  ],
  'signature-wrong': ['error', '签名值与证书不符', "The signature's value does not fit the certificate"],
  'signature-unreadable': ['error', '签名无法解析（{reason}）', 'The signature cannot be read ({reason})'],
  'signer-other-name': [
    'error',
    '证书属于 {signer}，而不是 {party}',
    'The certificate belongs to {signer}, not to {party}',
  ],
  'certificate-not-named': [
    'error',
    '证书不是签名时指定的那一张',
    'The certificate is not the one the signature names',
  ],
  'certificate-missing': [
    'error',
    '签名中没有签署人的证书',
    "The signer's certificate is not in the signature",
  ],
  'certificate-untrusted': [
    'error',
    '证书不是由受信任的机构签发',
    'The certificate does not lead to a trusted authority',
  ],
  'certificate-not-valid-then': [
    'error',
    '签署时证书不在有效期内',
    'The certificate was not valid at the time of signing',
  ],
  'certificate-not-for-signing': [
    'error',
    '证书的用途不包括签名',
    'The certificate is not meant for signing',
  ],
  'algorithm-weak': [
    'error',
    '签名算法不受支持或强度不足（{algorithm}）',
    'The algorithm is weak or not supported ({algorithm})',
  ],
  'timestamp-missing': [
    'warning',
    '没有可信时间戳，签署时间仅为签署人自述',
    'No trusted timestamp: the time is only what the signer claims',
  ],
  'timestamp-wrong': [
    'error',
    '时间戳不属于这个签名或已损坏（{reason}）',
    'The timestamp does not belong to this signature or is broken ({reason})',
  ],
  'timestamp-untrusted': [
    'error',
    '时间戳不是由受信任的机构签发',
    'The timestamp does not lead to a trusted authority',
  ],
  'time-implausible': ['error', '签署时间不合理（{time}）', 'The time of signing is implausible ({time})'],
}

/** A finding with its sentences in both languages. */
export function finding(code: FindingCode, params: Finding['params'] = {}): Finding {
  const [severity, zh, en] = WORDS[code]
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key] ?? '?'))
  return { code, severity, params, zh: fill(zh), en: fill(en) }
}
