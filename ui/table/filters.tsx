import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer, Input, Select, Space } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useText } from '../i18n.ts'
import { usePhone } from '../use-phone.ts'
import { DelayedInput } from './delayed-input.tsx'
import type { Filter } from './filter.ts'
import type { TableState } from './use-table-state.ts'

// The date pickers are heavy; tables without a date filter do without them.
const DateFilter = lazy(() => import('./date-filter.tsx').then((m) => ({ default: m.DateFilter })))

function FilterControl({ filter, state }: { filter: Filter; state: TableState }) {
  const value = state.filter(filter.key)
  const set = (text: string) => state.set({ [filter.key]: text })
  switch (filter.kind) {
    case 'select':
    case 'multi': {
      const many = filter.kind === 'multi'
      return (
        <Select
          className="qc-filter"
          aria-label={filter.label}
          mode={many ? 'multiple' : undefined}
          value={many ? (value ? value.split(',') : []) : value || undefined}
          placeholder={filter.label}
          options={[...filter.options]}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          popupMatchSelectWidth={false}
          onChange={(next: string | string[] | undefined) =>
            set(Array.isArray(next) ? next.join(',') : (next ?? ''))
          }
        />
      )
    }
    case 'text':
      return <DelayedInput className="qc-filter" label={filter.label} value={value} onChange={set} />
    case 'own':
      return filter.render(value, set)
    default:
      return (
        <Suspense fallback={<Input className="qc-filter" placeholder={filter.label} disabled />}>
          <DateFilter filter={filter} state={state} />
        </Suspense>
      )
  }
}

type FiltersProps = { filters: readonly Filter[]; search?: string; state: TableState }

/** The search box and the filters; on a phone the filters wait behind one button. */
export function Filters({ filters, search, state }: FiltersProps) {
  const t = useText()
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  const controls = filters.map((filter) => <FilterControl key={filter.key} filter={filter} state={state} />)
  const box = search && (
    <DelayedInput
      className="qc-search"
      label={search}
      value={state.q}
      search
      onChange={(q) => state.set({ q })}
    />
  )
  const clear = state.active > 0 && (
    <Button type="link" onClick={state.clear}>
      {t('ui.clear_filters')}
    </Button>
  )
  if (!phone || filters.length === 0)
    return (
      <>
        {box}
        {controls}
        {clear}
      </>
    )
  return (
    <>
      {box}
      <Button
        icon={<FilterOutlined />}
        onClick={() => setOpen(true)}
        aria-label={`${t('ui.filters')} ${state.active || ''}`}
      >
        {state.active > 0 ? state.active : null}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        title={t('ui.filters')}
        size="auto"
      >
        <Space orientation="vertical" size={12} className="qc-wide">
          {controls}
          {clear}
        </Space>
      </Drawer>
    </>
  )
}
