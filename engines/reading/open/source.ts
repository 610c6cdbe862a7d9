/** A row as it stands in the file: text only. A date cell is 'YYYY-MM-DD' or 'YYYY-MM-DD hh:mm:ss', a number its digits. */
export interface RawRow {
  /** 1-based as the spreadsheet shows it. */
  row: number
  /** From the first column on; trailing blanks may be missing, an inner blank is ''. */
  cells: string[]
}

/** Rows of one sheet in their order, in batches, blank rows left out. */
export interface SheetSource {
  name: string
  index: number
  rows(): AsyncGenerator<RawRow[]>
}

/** A file opened: what it is and its sheets. */
export interface Book {
  format: 'xlsx' | 'csv'
  encoding?: string
  delimiter?: string
  sheets: SheetSource[]
  hidden_sheets: string[]
  close(): void
}

/** The first rows of a sheet, at most `count`. */
export async function headOf(sheet: SheetSource, count: number): Promise<RawRow[]> {
  const head: RawRow[] = []
  for await (const batch of sheet.rows()) {
    for (const row of batch) {
      head.push(row)
      if (head.length >= count) return head
    }
  }
  return head
}
