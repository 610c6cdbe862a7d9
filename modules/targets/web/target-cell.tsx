import { InputNumber } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import type { TargetRow } from '../shapes.ts'

/** Yuan as a person types it → fen; null when it is no amount. */
export function fenOf(yuan: string | null): number | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan?.trim() ?? '')
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}

/** A target as a field: Enter or leaving it saves, Escape takes the old amount back. */
export function TargetCell({ row }: { row: TargetRow }) {
  const t = useText()
  const before = (row.amount_fen / 100).toFixed(2).replace(/\.00$/, '')
  const [typed, setTyped] = useState<string | null>(before)
  const save = useAct({
    run: (amount_fen: number) => api.put(`/api/targets/${row.id}`, { amount_fen, version: row.version }),
    refresh: ['/api/targets', '/api/attainment'],
    done: () => t('targets.saved', { name: row.territory_name }),
  })
  const fen = fenOf(typed)
  const commit = () => {
    if (fen === null) setTyped(before)
    else if (fen !== row.amount_fen && !save.pending) save.run(fen)
  }
  return (
    <InputNumber<string>
      stringMode
      className="qt-target"
      size="small"
      min="0"
      controls={false}
      status={fen === null ? 'error' : undefined}
      disabled={save.pending}
      aria-label={t('targets.edit_of', {
        name: row.territory_name,
        group: row.product_group,
        month: row.month,
      })}
      value={typed}
      formatter={(value) => String(value ?? '').replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')}
      parser={(text) => (text ?? '').replace(/[,，\s¥]/g, '')}
      onChange={setTyped}
      onBlur={commit}
      onPressEnter={commit}
      onKeyDown={(event) => event.key === 'Escape' && setTyped(before)}
    />
  )
}
