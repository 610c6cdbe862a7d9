import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../i18n.ts'
import { LinkTo } from '../link-to.tsx'
import { usePhone } from '../use-phone.ts'
import { useUrlState } from '../use-url-state.ts'
import { ErrorState } from './error-state.tsx'
import { Skeleton } from './skeleton.tsx'

/** Which row is open, kept in the address: `const opened = useOpened()`; `opened.open(row.id)`. */
export function useOpened(key = 'open'): { id: string; open: (id: string) => void; close: () => void } {
  const [url, setUrl] = useUrlState({ [key]: '' })
  const id = url[key] ?? ''
  return {
    id,
    open: (next) => setUrl({ [key]: next }, id ? 'replace' : 'push'),
    close: () => setUrl({ [key]: '' }),
  }
}

type DetailDrawerProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** Beside the title. */
  state?: ReactNode
  /** The page that holds everything. */
  pageTo?: string
  actions?: ReactNode
  loading?: boolean
  error?: unknown
  size?: number
  children?: ReactNode
}

/** The essentials of a row. On a desk the list beside it stays usable: another row, or ↑↓, changes what it shows. */
export function DetailDrawer(props: DetailDrawerProps) {
  const t = useText()
  const phone = usePhone()
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      mask={phone}
      // The focus stays on the row, so that ↑↓ go on through the list.
      autoFocus={phone}
      size={phone ? '100%' : (props.size ?? 560)}
      className="qc-drawer"
      title={
        <span className="qc-drawer-title">
          <span className="qc-drawer-name">{props.title || t('ui.loading')}</span>
          {props.state}
        </span>
      }
      extra={props.pageTo && <LinkTo to={props.pageTo}>{t('ui.open_page')}</LinkTo>}
      footer={props.actions && <div className="qc-actions">{props.actions}</div>}
    >
      {props.error ? <ErrorState error={props.error} /> : props.loading ? <Skeleton /> : props.children}
    </Drawer>
  )
}
