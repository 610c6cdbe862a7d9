import { useText } from '#ui/i18n.ts'

/** A field's name and its value in words, as histories and differences show them. */
export function useFieldWords() {
  const t = useText()
  return {
    field: (field: string) => t(`masterdata.${field}`, { defaultValue: field }),
    value: (field: string, value: string | null) =>
      value === null || value === '' ? '—' : t(`masterdata.${field}.${value}`, { defaultValue: value }),
  }
}
