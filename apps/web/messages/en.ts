import { uiEnglish } from '#ui/messages/en.ts'
import type { Words } from '#ui/pages.ts'
import { adminWords } from './en/admin.ts'
import { refusalWords } from './en/refusals.ts'
import { shellWords } from './en/shell.ts'

/** The words of every module that has screens, by the module's file. */
export const moduleWords = import.meta.glob<{ words: Words }>('../../../modules/*/web/messages/en.ts', {
  eager: true,
})

/** Everything the product says in this language. */
export const words: Words = Object.assign(
  {},
  uiEnglish,
  shellWords,
  refusalWords,
  adminWords,
  ...Object.values(moduleWords).map((module) => module.words),
)
