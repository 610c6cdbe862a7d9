import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import type { Choice } from '../use-choices.ts'

/** What the reader may import, in words; kinds of higher modules are among them. */
export function useImportKinds(): (Choice & { text: string; href: string })[] {
  const t = useText()
  const read = useRead<{ rows: { kind: string; href: string }[] }>('/api/imports/kinds')
  return (read.data?.rows ?? []).map(({ kind, href }) => ({
    value: kind,
    href,
    label: t(`masterdata.kinds.${kind}`),
    text: t(`masterdata.kinds_text.${kind}`),
  }))
}
