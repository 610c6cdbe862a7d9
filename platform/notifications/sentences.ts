/** What a notification says in an e-mail, by kind and language; `{name}` stands for a parameter. */
export type Sentences = Readonly<Record<string, Readonly<Record<'zh-CN' | 'en', string>>>>

/** The platform's own. Modules hand theirs in with `Module.sentences`. */
export const platformSentences: Sentences = {
  'approvals.waiting': { 'zh-CN': '“{title}”等待您审批', en: '"{title}" waits for your approval' },
  'approvals.delegated': {
    'zh-CN': '{from}将“{title}”转交给您审批',
    en: '{from} handed the approval of "{title}" over to you',
  },
  'approvals.approved': { 'zh-CN': '“{title}”已通过审批', en: '"{title}" was approved' },
  'approvals.rejected': {
    'zh-CN': '“{title}”被驳回：{reason}',
    en: '"{title}" was rejected: {reason}',
  },
  'approvals.held': { 'zh-CN': '“{title}”已挂起：{reason}', en: '"{title}" was put on hold: {reason}' },
}

/** The sentence of a kind with its parameters filled in; the kind itself when no module brought a sentence. */
export function sentenceOf(
  sentences: Sentences,
  kind: string,
  locale: string,
  params: Readonly<Record<string, string | number>>,
): string {
  const sentence = sentences[kind]?.[locale === 'en' ? 'en' : 'zh-CN'] ?? kind
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}
