import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useUrlState } from '../use-url-state.ts'

type UrlTabsProps = {
  items: readonly { key: string; label: ReactNode; children: ReactNode }[]
  /** The address key, when a page has two rows of tabs. */
  name?: string
}

/** Tabs whose choice is in the address; only the shown one is mounted. */
export function UrlTabs({ items, name = 'tab' }: UrlTabsProps) {
  const first = items[0]?.key ?? ''
  const [url, setUrl] = useUrlState({ [name]: first })
  return (
    <Tabs
      activeKey={url[name]}
      onChange={(key) => setUrl({ [name]: key }, 'push')}
      items={[...items]}
      destroyOnHidden
    />
  )
}
