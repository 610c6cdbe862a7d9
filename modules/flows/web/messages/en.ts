import type { Words } from '#ui/pages.ts'
import { codeWords } from './en/codes.ts'
import { fileWords } from './en/files.ts'
import { homeWords } from './en/home.ts'
import { lineWords } from './en/lines.ts'
import { monthWords } from './en/months.ts'
import { qualityWords } from './en/quality.ts'
import { reasonWords } from './en/reasons.ts'
import { refusalWords } from './en/refusals.ts'
import { reviewWords } from './en/review.ts'

/** All words of flows. */
export const words: Words = {
  ...codeWords,
  ...fileWords,
  ...homeWords,
  ...lineWords,
  ...monthWords,
  ...qualityWords,
  ...reasonWords,
  ...refusalWords,
  ...reviewWords,
}
