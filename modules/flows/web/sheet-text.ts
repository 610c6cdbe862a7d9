import type { TFunction } from 'i18next'

/** The name of a sheet as the file gives it; what stands on pages has none and is called by its kind. */
export function sheetText(sheet: string | null, t: TFunction): string {
  return sheet === 'pdf' || sheet === 'picture' ? t(`flows.sheet_kind.${sheet}`) : (sheet ?? '')
}
