import { FilterOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Drawer, Input, Select, Space } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useText } from '../i18n.ts'
import { usePhone } from '../use-phone.ts'
import type { TableState } from './use-table-state.ts'

// The date pickers are heavy; tables without a date filter do without them.
const DateFilter = lazy(() => import('./date-filter.tsx').then((m) => ({ default: m.DateFilter })))

export type FilterOption = { value: string; label: string }
export type Filter = {
  /** The query name; a range uses `<key>_from` and `<key>_to`. */
  key: string
  label: string
} & (
  | { kind: 'select' | 'multi'; options: readonly FilterOption[] }
  | { kind: 'text' }
  | { kind: 'date' | 'month' | 'range' }
  | { kind: 'own'; render: (value: string, set: (value: string) => void) => ReactNode }
)

export function filterKeys(filters: readonly Filter[]): string[] {
  return filters.flatMap(({ kind, key }) => (kind === 'range' ? [`${key}_from`, `${key}_to`] : [key]))
}

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

type DelayedInputProps = {
  className?: string
  label: string
  value: string
  onChange: (text: string) => void
  search?: boolean
}

/** Waits for a short rest in typing, and not at all for Enter. Unfinished pinyin is never sent. */
function DelayedInput({ className, label, value, onChange, search }: DelayedInputProps) {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const later = (next: string, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => next !== value && onChange(next), wait)
  }
  return (
    <Input
      className={className}
      aria-label={label}
      placeholder={label}
      prefix={search ? <SearchOutlined aria-hidden /> : undefined}
      value={text}
      allowClear
      data-search={search ? 'table' : undefined}
      onChange={(event) => {
        setText(event.target.value)
        if (!composing.current) later(event.target.value.trim(), 300)
      }}
      onPressEnter={() => later(text.trim(), 0)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        later(event.currentTarget.value.trim(), 300)
      }}
    />
  )
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
      <Button icon={<FilterOutlined />} onClick={() => setOpen(true)} aria-label={t('ui.filters')}>
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
