import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { formatPercent } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import type { LookAlike } from '../../../shapes.ts'

type LookAlikesProps = { name: string; onChoose: (one: { id: string; name: string }) => void }

/** What the master already holds under a like name: looked at before a double is made. */
export function LookAlikes({ name, onChoose }: LookAlikesProps) {
  const t = useText()
  const [asked, setAsked] = useState(name)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(name.trim()), 300)
    return () => clearTimeout(timer)
  }, [name])
  const read = useRead<{ rows: LookAlike[] }>(
    asked.length > 1 ? '/api/flow-reviews/look-alikes' : null,
    undefined,
    { name: asked },
  )
  const rows = read.data?.rows
  if (!rows) return <p className="qc-muted">{t('flows.review_look_alikes_asking')}</p>
  if (rows.length === 0) return <p className="qc-good">{t('flows.review_look_alikes_none')}</p>
  return (
    <div className="qf-look-alikes" role="status">
      <strong className="qc-warn">
        {t('flows.review_look_alikes', { number: rows.length, count: rows.length })}
      </strong>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span>
              {row.name} <span className="qc-muted qc-num">{formatPercent(row.likeness, 0)}</span>
              <div className="qc-muted">{row.detail}</div>
            </span>
            <Button size="small" onClick={() => onChoose(row)}>
              {t('flows.review_choose')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
