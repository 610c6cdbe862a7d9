import { locales, type Messages } from '#ui/pages.ts'
import { codeWords } from './messages/codes.ts'
import { fileWords } from './messages/files.ts'
import { homeWords } from './messages/home.ts'
import { lineWords } from './messages/lines.ts'
import { monthWords } from './messages/months.ts'
import { reasonWords } from './messages/reasons.ts'
import { refusalWords } from './messages/refusals.ts'
import { reviewWords } from './messages/review.ts'

const parts = [codeWords, reasonWords, refusalWords, monthWords, fileWords, lineWords, reviewWords, homeWords]

/** All words of flows in both languages. */
export const messages = Object.fromEntries(
  locales.map((locale) => [locale, Object.assign({}, ...parts.map((part) => part[locale]))]),
) as Messages
