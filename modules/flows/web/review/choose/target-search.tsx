import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { useList } from '#ui/use-list.ts'
import type { NameKind } from '../../../shapes.ts'
import { leaveField } from './leave-field.ts'
import { detailOf, type PickedName } from './picked-name.ts'

type TargetSearchProps = { kind: NameKind; onPick: (row: PickedName) => void }

/** Chooses what no candidate is. `/` goes here, as to every search box. */
export function TargetSearch({ kind, onPick }: TargetSearchProps) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const path = kind === 'customer' ? '/api/institutions' : '/api/products'
  const found = useList<PickedName>(asked ? path : null, undefined, { q: asked, state: 'active', size: 20 })
  const rows = asked && typed ? (found.data?.rows ?? []) : []
  return (
    <AutoComplete
      className="qf-target-search"
      value={typed}
      onChange={(text: string) => setTyped(rows.some(({ id }) => id === text) ? '' : text)}
      options={rows.map((row) => ({ value: row.id, name: row.name, detail: detailOf(row) }))}
      optionRender={({ data }) => (
        <span className="qf-option">
          <span className="qc-cut">{data.name}</span>
          <span className="qc-muted qc-cut">{data.detail}</span>
        </span>
      )}
      notFoundContent={asked && found.isSuccess ? t('ui.nothing_found') : null}
      defaultActiveFirstOption
      popupMatchSelectWidth={460}
      onSelect={(id: string) => {
        const row = rows.find((one) => one.id === id)
        if (!row) return
        setTyped('')
        setAsked('')
        leaveField()
        onPick(row)
      }}
    >
      <Input
        prefix={<SearchOutlined aria-hidden />}
        suffix={<kbd>/</kbd>}
        data-search="table"
        aria-label={t(`flows.review_other.${kind}`)}
        placeholder={t(`flows.review_other.${kind}`)}
      />
    </AutoComplete>
  )
}
