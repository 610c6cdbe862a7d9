import type { ReactNode } from 'react'
import { LinkTo } from '../link-to.tsx'

export type StatTile = {
  key: string
  label: ReactNode
  /** Already formatted: `formatMoney(…)`, `formatCount(…)`. */
  value: ReactNode
  /** The rows this number is made of. */
  to: string
  hint?: ReactNode
  tone?: 'good' | 'warn' | 'bad'
}

/** Figures in a row; each opens the rows beneath it. */
export function StatTiles({ tiles }: { tiles: readonly StatTile[] }) {
  return (
    <ul className="qc-tiles">
      {tiles.map((tile) => (
        <li key={tile.key}>
          <LinkTo to={tile.to} className="qc-tile">
            <span className="qc-tile-label">{tile.label}</span>
            <strong className={tile.tone ? `qc-num qc-${tile.tone}` : 'qc-num'}>{tile.value}</strong>
            {tile.hint && <span className="qc-muted">{tile.hint}</span>}
          </LinkTo>
        </li>
      ))}
    </ul>
  )
}
