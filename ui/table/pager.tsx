import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../i18n.ts'
import { formatCount } from '../show/format.ts'
import type { TableState } from './use-table-state.ts'

const sizes = [50, 100, 200]

/** Where in the list I am, and turning the page; the same on desk and phone. */
export function Pager({ state, total }: { state: TableState; total: number }) {
  const t = useText()
  const { page, size, turnTo } = state
  const pages = Math.max(1, Math.ceil(total / size))
  if (total <= Math.min(size, 50)) return null
  const from = (page - 1) * size + 1
  return (
    <nav className="qc-pager" aria-label={t('ui.pages')}>
      <span className="qc-num qc-muted">
        {formatCount(from)}–{formatCount(Math.min(total, page * size))} / {formatCount(total)}
      </span>
      <Button
        icon={<LeftOutlined />}
        aria-label={t('ui.previous')}
        disabled={page <= 1}
        onClick={() => turnTo(page - 1, size)}
      />
      <label>
        <input
          key={page}
          className="qc-page-number"
          type="text"
          inputMode="numeric"
          aria-label={t('ui.page_number')}
          defaultValue={page}
          onKeyDown={(event) => {
            const wanted = Number(event.currentTarget.value)
            if (event.key === 'Enter' && wanted >= 1 && wanted <= pages) turnTo(Math.trunc(wanted), size)
          }}
        />
        <span className="qc-num"> / {formatCount(pages)}</span>
      </label>
      <Button
        icon={<RightOutlined />}
        aria-label={t('ui.next')}
        disabled={page >= pages}
        onClick={() => turnTo(page + 1, size)}
      />
      <select
        aria-label={t('ui.page_size')}
        value={size}
        onChange={(event) => turnTo(1, Number(event.target.value))}
      >
        {[...new Set([...sizes, size])]
          .sort((a, b) => a - b)
          .map((count) => (
            <option key={count} value={count}>
              {t('ui.per_page', { count })}
            </option>
          ))}
      </select>
    </nav>
  )
}
