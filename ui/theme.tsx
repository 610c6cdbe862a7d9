import { App, ConfigProvider, theme } from 'antd'
import english from 'antd/es/locale/en_US.js'
import chinese from 'antd/es/locale/zh_CN.js'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useLocale } from './i18n.ts'
import { usePreferences } from './preferences.ts'
import { styleNonce } from './style-nonce.ts'

const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

/** White words need a deep primary colour, words in that colour on a dark page a light one. */
const darkText = {
  Tabs: { itemSelectedColor: '#69bddb', itemHoverColor: '#69bddb' },
  Pagination: { itemActiveColor: '#69bddb', itemActiveColorHover: '#69bddb' },
  Button: { defaultHoverColor: '#69bddb', defaultActiveColor: '#69bddb' },
}

/** Under the pointer a word keeps its contrast: no lighter than the primary colour. */
const lightText = {
  Button: { defaultHoverColor: '#0b6a8f', defaultActiveColor: '#084f6b' },
}

export function Theme({ children }: { children: ReactNode }) {
  const { mode, density } = usePreferences()
  const locale = useLocale()
  const dark = mode === 'dark'
  const csp = useMemo(() => ({ nonce: styleNonce() }), [])

  useEffect(() => {
    document.documentElement.dataset.mode = mode
    document.documentElement.dataset.density = density
  }, [mode, density])

  return (
    <ConfigProvider
      locale={locale === 'en' ? english : chinese}
      csp={csp}
      componentSize={density === 'compact' ? 'small' : 'medium'}
      // A space between two Chinese characters of a button breaks search and screen readers.
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        cssVar: { key: 'qc' },
        hashed: false,
        token: {
          fontFamily,
          fontSize: 14,
          lineHeight: 22 / 14,
          borderRadius: 6,
          colorPrimary: dark ? '#2f86a8' : '#0b6a8f',
          colorInfo: dark ? '#2f86a8' : '#0b6a8f',
          colorLink: dark ? '#69bddb' : '#0b6a8f',
          colorSuccess: dark ? '#4fae6a' : '#237a3f',
          colorWarning: dark ? '#d9a13b' : '#9a6100',
          colorError: dark ? '#ec7068' : '#c5322b',
          colorSuccessBg: dark ? '#14261a' : '#edf7ef',
          colorSuccessBorder: dark ? '#2c5a3a' : '#b5d9be',
          colorWarningBg: dark ? '#2a2213' : '#fdf5e4',
          colorWarningBorder: dark ? '#5c4a1f' : '#e6cf9c',
          colorInfoBg: dark ? '#12242b' : '#e9f4f8',
          colorInfoBorder: dark ? '#28505f' : '#b4d6e3',
          colorTextDescription: dark ? '#a6adb5' : '#5b6570',
          colorTextSecondary: dark ? '#b8bec5' : '#4a535d',
          colorTextTertiary: dark ? '#98a0a8' : '#66707a',
          colorTextPlaceholder: dark ? '#8c949c' : '#6b747d',
          colorBgLayout: dark ? '#101214' : '#f6f7f8',
          colorBgContainer: dark ? '#181b1e' : '#ffffff',
          colorBgElevated: dark ? '#1f2327' : '#ffffff',
          controlItemBgActive: dark ? '#17343f' : '#e4f1f6',
          controlItemBgActiveHover: dark ? '#1b3c49' : '#dcecf3',
          motionDurationMid: '0.12s',
          motionDurationSlow: '0.16s',
        },
        components: {
          Form: { itemMarginBottom: 24 },
          ...(dark ? darkText : lightText),
        },
      }}
    >
      <App className="qc-app" message={{ maxCount: 3 }} notification={{ maxCount: 4 }}>
        {children}
      </App>
    </ConfigProvider>
  )
}
