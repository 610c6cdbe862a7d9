import i18next, { type TFunction } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Locale, Words } from './pages.ts'
import { preferences, setPreferences } from './preferences.ts'

/** How the words of a language are had; each is loaded when it is first spoken. */
export type Languages = Record<Locale, () => Promise<Words>>

let languages: Languages | undefined

/** Starts with the words of the reader's language. Keys are flat: dots are part of the name. */
export async function startLanguages(all: Languages): Promise<void> {
  languages = all
  const { locale } = preferences()
  void i18next.use(initReactI18next).init({
    resources: { [locale]: { translation: await all[locale]() } },
    lng: locale,
    // Both languages hold the same keys, which a test keeps.
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnEmptyString: true,
  })
  document.documentElement.lang = locale
}

/** Changes the language once its words are here; without a connection the present one stays. */
export function setLocale(locale: Locale): void {
  void speak(locale)
}

async function speak(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation') && languages)
    i18next.addResourceBundle(locale, 'translation', await languages[locale]())
  setPreferences({ locale })
  document.documentElement.lang = locale
  await i18next.changeLanguage(locale)
}

/** `t('flows.lines', { count: 3 })`; re-renders when the language changes. */
export function useText(): TFunction {
  return useTranslation().t
}

export function useLocale(): Locale {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** Keys present in one language and not in the other; English plural forms count as one key. */
export function missingKeys(words: Record<Locale, Words>): string[] {
  const keysOf = (locale: Locale) =>
    new Set(Object.keys(words[locale]).map((key) => key.replace(/_(one|other)$/, '')))
  const chinese = keysOf('zh-CN')
  const english = keysOf('en')
  return [
    ...[...chinese].filter((key) => !english.has(key)).map((key) => `en: ${key}`),
    ...[...english].filter((key) => !chinese.has(key)).map((key) => `zh-CN: ${key}`),
  ]
}
