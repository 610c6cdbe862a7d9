import { Select } from 'antd'
import { type Ref, useEffect, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { useList, useRead } from '#ui/use-list.ts'

export type NameKindPath = 'institutions' | 'products' | 'distributors' | 'territories'
export type PickedName = {
  id: string
  code: string
  name: string
  spec?: string
  manufacturer?: string
  province?: string | null
  city?: string | null
  county?: string | null
  level?: string | null
}

/** Where or what it is, in a line: what tells two alike names apart. */
export function detailOf(row: PickedName): string {
  const place = [row.province, row.city, row.county].filter(Boolean).join('')
  return [row.spec, row.manufacturer, place, row.level, row.code].filter(Boolean).join(' · ')
}

type NamePickProps = {
  kind: NameKindPath
  value: string
  onChange: (id: string, row?: PickedName) => void
  label: string
  className?: string
  clear?: boolean
  autoFocus?: boolean
  inputRef?: Ref<{ focus: () => void }>
  /** Found by the shell's key for searching. */
  search?: boolean
}

/** Finds an institution, product, distributor or territory by name, code or pinyin. */
export function NamePick({ kind, value, onChange, label, className, clear = true, ...rest }: NamePickProps) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useList<PickedName>(open ? `/api/${kind}` : null, undefined, { q: asked, size: 30 })
  const rows = found.data?.rows ?? []
  const known = rows.find(({ id }) => id === value)
  const own = useRead<PickedName>(value && !known ? `/api/${kind}/${value}` : null)
  const shown = known || !own.data ? rows : [own.data, ...rows]
  return (
    <Select
      ref={rest.inputRef as never}
      className={className ?? 'qf-name-pick'}
      aria-label={label}
      placeholder={label}
      value={value || undefined}
      allowClear={clear}
      autoFocus={rest.autoFocus}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      data-search={rest.search ? 'table' : undefined}
      onOpenChange={setOpen}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('ui.loading') : t('ui.nothing_found')}
      popupMatchSelectWidth={false}
      options={shown.map((row) => ({ value: row.id, label: row.name, detail: detailOf(row) }))}
      optionRender={({ label: name, data }) => (
        <span className="qf-option">
          <span className="qc-cut">{name}</span>
          <span className="qc-muted qc-cut">{data.detail}</span>
        </span>
      )}
      onChange={(id?: string) =>
        onChange(
          id ?? '',
          shown.find((row) => row.id === id),
        )
      }
    />
  )
}
