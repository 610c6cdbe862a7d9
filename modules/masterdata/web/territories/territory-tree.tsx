import { PlusOutlined } from '@ant-design/icons'
import { Button, Table, type TableProps } from 'antd'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { TerritoryRow } from '../../shapes.ts'
import { MasterState } from '../state-tag.tsx'
import type { TerritoryNode } from './tree-of.ts'

type TerritoryTreeProps = { nodes: TerritoryNode[]; onAddBelow: (row: TerritoryRow) => void }

/** Regions, provinces, territories, with who holds their posts and how many institutions they own. */
export function TerritoryTree({ nodes, onAddBelow }: TerritoryTreeProps) {
  const phone = usePhone()
  const name = useNameColumn(phone)
  const count = useCountColumn(phone)
  const others = useOtherColumns(onAddBelow)
  return (
    <Table<TerritoryNode>
      size="middle"
      rowKey="id"
      dataSource={nodes}
      pagination={false}
      expandable={{ defaultExpandAllRows: true, indentSize: phone ? 12 : 20 }}
      tableLayout={phone ? 'fixed' : undefined}
      scroll={phone ? undefined : { x: 860 }}
      columns={phone ? [name, count] : [name, ...others.facts, count, ...others.acts]}
    />
  )
}

type TreeColumn = NonNullable<TableProps<TerritoryNode>['columns']>[number]

function useNameColumn(phone: boolean): TreeColumn {
  const t = useText()
  return {
    key: 'name',
    title: t('masterdata.name'),
    render: (_value: unknown, row) => (
      <span className="qm-tree-name">
        <LinkTo to={`/territories/${row.id}`}>{row.name}</LinkTo>
        <span className="qc-muted">
          {phone ? row.holders.join('、') : `${t(`masterdata.territory_level.${row.level}`)} · ${row.code}`}
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
    align: 'end',
    width: phone ? 84 : 120,
    render: (_value: unknown, row) => (
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
      render: (_value: unknown, row) =>
        row.holders.join('、') || <span className="qc-muted">{t('masterdata.vacant')}</span>,
    },
    {
      key: 'state',
      title: t('masterdata.state'),
      width: 110,
      render: (_value: unknown, row) => <MasterState state={row.state} />,
    },
  ]
  const add: TreeColumn = {
    key: 'add',
    title: '',
    width: 120,
    render: (_value: unknown, row) =>
      row.level !== 'territory' && (
        <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => onAddBelow(row)}>
          {t('masterdata.add_below')}
        </Button>
      ),
  }
  return { facts, acts: mayWrite ? [add] : [] }
}
