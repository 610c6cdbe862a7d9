import { Select } from 'antd'
import { useState } from 'react'
import type { ApiPath, Query } from '../api.ts'
import { useText } from '../i18n.ts'
import { useList } from '../use-list.ts'

type RemoteSelectProps = {
  /** A list that answers `q` with rows of `id` and `name`. */
  path: ApiPath
  query?: Query
  id?: string
  value?: string | null
  onChange?: (value: string | null, row?: RemoteRow) => void
  /** The name of the value before anything was searched. */
  known?: string
  /** The field that identifies a row, when it is not `id`. */
  idKey?: string
  label?: string
  placeholder?: string
  disabled?: boolean
}

export type RemoteRow = { id: string; name: string; code?: string | null }

/** One row of a long list, found by typing. Its value is the id. */
export function RemoteSelect(props: RemoteSelectProps) {
  const t = useText()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const list = useList<RemoteRow>(open ? props.path : null, undefined, { ...props.query, q: text, size: 20 })
  const key = props.idKey ?? 'id'
  const rows = (list.data?.rows ?? []).map((row) => ({
    ...row,
    id: String((row as Record<string, unknown>)[key]),
  }))
  const options = rows.map((row) => ({
    value: row.id,
    label: row.code ? `${row.name} · ${row.code}` : row.name,
    row,
  }))
  const unseen = props.value && !options.some(({ value }) => value === props.value)
  if (unseen && props.known)
    options.unshift({
      value: props.value ?? '',
      label: props.known,
      row: { id: props.value ?? '', name: props.known },
    })
  return (
    <Select
      id={props.id}
      className="qc-wide"
      aria-label={props.label}
      placeholder={props.placeholder}
      disabled={props.disabled}
      value={props.value ?? undefined}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      allowClear
      loading={list.isFetching}
      notFoundContent={list.isFetching ? t('ui.loading') : t('ui.nothing_found')}
      onChange={(value: string | undefined) =>
        props.onChange?.(
          value ?? null,
          rows.find((row) => row.id === value),
        )
      }
    />
  )
}
