import type { Languages } from '#ui/i18n.ts'

/** Each language is a chunk of its own: a browser loads the one its reader speaks. */
export const languages: Languages = {
  'zh-CN': () => import('./messages/zh-cn.ts').then((m) => m.words),
  en: () => import('./messages/en.ts').then((m) => m.words),
}
