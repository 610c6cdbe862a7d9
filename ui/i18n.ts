import i18next, { type TFunction } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { uiEnglish } from './messages/en.ts'
import { uiChinese } from './messages/zh-cn.ts'
import { type Locale, locales, type Messages } from './pages.ts'
import { preferences, setPreferences } from './preferences.ts'

export const uiMessages: Messages = { 'zh-CN': uiChinese, en: uiEnglish }

/** Starts the languages with every module's messages. Keys are flat: dots are part of the name. */
export function startLanguages(all: readonly Messages[]): void {
  const resources = Object.fromEntries(
    locales.map((locale) => [
      locale,
      { translation: Object.assign({}, ...[uiMessages, ...all].map((messages) => messages[locale])) },
    ]),
  )
  void i18next.use(initReactI18next).init({
    resources,
    lng: preferences().locale,
    fallbackLng: 'zh-CN',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnEmptyString: true,
  })
  document.documentElement.lang = preferences().locale
}

export function setLocale(locale: Locale): void {
  setPreferences({ locale })
  document.documentElement.lang = locale
  void i18next.changeLanguage(locale)
}

/** `t('flows.lines', { count: 3 })`; re-renders when the language changes. */
export function useText(): TFunction {
  return useTranslation().t
}

export function useLocale(): Locale {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** Keys present in one language and not in the other; English plural forms count as one key. */
export function missingKeys(messages: Messages): string[] {
  const keysOf = (locale: Locale) =>
    new Set(Object.keys(messages[locale]).map((key) => key.replace(/_(one|other)$/, '')))
  const chinese = keysOf('zh-CN')
  const english = keysOf('en')
  return [
    ...[...chinese].filter((key) => !english.has(key)).map((key) => `en: ${key}`),
    ...[...english].filter((key) => !chinese.has(key)).map((key) => `zh-CN: ${key}`),
  ]
}
