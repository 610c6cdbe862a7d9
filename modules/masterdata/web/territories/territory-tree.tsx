import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { PlainTable } from '#ui/table/plain-table.tsx'
import { usePhone } from '#ui/use-phone.ts'
import type { TerritoryRow } from '../../shapes.ts'
import { MasterState } from '../state-tag.tsx'
import type { TerritoryNode } from './tree-of.ts'

type TerritoryTreeProps = { nodes: TerritoryNode[]; onAddBelow: (row: TerritoryRow) => void }

type Shown = { node: TerritoryNode; depth: number }

/** Regions, provinces, territories, with who holds their posts and how many institutions they own. */
export function TerritoryTree({ nodes, onAddBelow }: TerritoryTreeProps) {
  const phone = usePhone()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const turn = (id: string) => {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
  }
  const name = useNameColumn(phone, closed, turn)
  const count = useCountColumn(phone)
  const others = useOtherColumns(onAddBelow)
  return (
    <PlainTable<Shown>
      rows={flattened(nodes, closed)}
      idOf={({ node }) => node.id}
      columns={phone ? [name, count] : [name, ...others.facts, count, ...others.acts]}
    />
  )
}

/** The tree in the order it is read, without what lies below closed rows. */
function flattened(nodes: readonly TerritoryNode[], closed: ReadonlySet<string>, depth = 0): Shown[] {
  return nodes.flatMap((node) => [
    { node, depth },
    ...(closed.has(node.id) ? [] : flattened(node.children ?? [], closed, depth + 1)),
  ])
}

type TreeColumn = Column<Shown>

function useNameColumn(phone: boolean, closed: ReadonlySet<string>, turn: (id: string) => void): TreeColumn {
  const t = useText()
  return {
    key: 'name',
    title: t('masterdata.name'),
    width: phone ? 240 : 340,
    text: ({ node }) => node.name,
    render: ({ node, depth }) => (
      <span className="qm-tree-name" style={{ paddingInlineStart: depth * (phone ? 12 : 20) }}>
        {node.children ? (
          <button
            type="button"
            className="qm-tree-turn"
            aria-expanded={!closed.has(node.id)}
            aria-label={node.name}
            onClick={() => turn(node.id)}
          >
            {closed.has(node.id) ? '▸' : '▾'}
          </button>
        ) : (
          <span className="qm-tree-turn" />
        )}
        <LinkTo to={`/territories/${node.id}`}>{node.name}</LinkTo>
        <span className="qc-muted">
          {phone
            ? node.holders.join('、')
            : `${t(`masterdata.territory_level.${node.level}`)} · ${node.code}`}
        </span>
      </span>
    ),
  }
}

function useCountColumn(phone: boolean): TreeColumn {
  const t = useText()
  return {
    key: 'institution_count',
    title: t('masterdata.institutions'),
    kind: 'count',
    width: phone ? 84 : 120,
    render: ({ node: row }) => (
      <LinkTo to={`/territory-institutions?territory_id=${row.id}`} className="qc-num">
        {row.institution_count.toLocaleString('en')}
      </LinkTo>
    ),
  }
}

function useOtherColumns(onAddBelow: (row: TerritoryRow) => void): {
  facts: TreeColumn[]
  acts: TreeColumn[]
} {
  const t = useText()
  const mayWrite = usePermission('masterdata.write')
  const facts: TreeColumn[] = [
    {
      key: 'holders',
      title: t('masterdata.holders'),
      width: 220,
      render: ({ node: row }) =>
        row.holders.join('、') || <span className="qc-muted">{t('masterdata.vacant')}</span>,
    },
    {
      key: 'state',
      title: t('masterdata.state'),
      width: 110,
      render: ({ node: row }) => <MasterState state={row.state} />,
    },
  ]
  const add: TreeColumn = {
    key: 'add',
    title: '',
    width: 120,
    render: ({ node: row }) =>
      row.level !== 'territory' && (
        <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => onAddBelow(row)}>
          {t('masterdata.add_below')}
        </Button>
      ),
  }
  return { facts, acts: mayWrite ? [add] : [] }
}
