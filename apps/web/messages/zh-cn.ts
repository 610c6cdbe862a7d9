import { uiChinese } from '#ui/messages/zh-cn.ts'
import type { Words } from '#ui/pages.ts'
import { adminWords } from './zh-cn/admin.ts'
import { refusalWords } from './zh-cn/refusals.ts'
import { shellWords } from './zh-cn/shell.ts'

/** The words of every module that has screens, by the module's file. */
export const moduleWords = import.meta.glob<{ words: Words }>('../../../modules/*/web/messages/zh-cn.ts', {
  eager: true,
})

/** Everything the product says in this language. */
export const words: Words = Object.assign(
  {},
  uiChinese,
  shellWords,
  refusalWords,
  adminWords,
  ...Object.values(moduleWords).map((module) => module.words),
)
