import type { ReadingLimits } from './shapes.ts'

/**
 * Ceilings for a machine with little memory. Reading streams, so size alone costs time, not memory; the ratio is what
 * tells a bomb (449× seen) from a real workbook (4× to 10×).
 */
export const defaultLimits: ReadingLimits = {
  file_bytes: 300_000_000,
  unpacked_bytes: 1_500_000_000,
  ratio: 200,
  sheets: 300,
  columns: 1_000,
  cell_chars: 50_000,
  shared_strings: 8_000_000,
}
