import type { Words } from '#ui/pages.ts'
import { codeWords } from './zh-cn/codes.ts'
import { fileWords } from './zh-cn/files.ts'
import { homeWords } from './zh-cn/home.ts'
import { lineWords } from './zh-cn/lines.ts'
import { monthWords } from './zh-cn/months.ts'
import { qualityWords } from './zh-cn/quality.ts'
import { reasonWords } from './zh-cn/reasons.ts'
import { refusalWords } from './zh-cn/refusals.ts'
import { reviewWords } from './zh-cn/review.ts'

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
