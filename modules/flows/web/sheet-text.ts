import type { TFunction } from 'i18next'

/** The name of a sheet as the file gives it; what stands on pages has none and is called by its kind. */
export function sheetText(sheet: string | null, t: TFunction): string {
  // Of pages in an archive, the name of the file they are in says more.
  const packed = /^(.+)\/(?:pdf|picture)$/.exec(sheet ?? '')
  if (packed) return packed[1] ?? ''
  return sheet === 'pdf' || sheet === 'picture' ? t(`flows.sheet_kind.${sheet}`) : (sheet ?? '')
}
