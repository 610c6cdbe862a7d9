import { Button } from 'antd'
import { type FunctionComponent, type ReactNode, useState } from 'react'
import type { ApiPath } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import { usePermission } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { MasterState } from '../state-tag.tsx'
import type { KindFormProps } from './kind-form.tsx'
import { LinesDoor } from './lines-door.tsx'
import { ProposalNotice } from './proposal-notice.tsx'

type NamedRow = { id: string; name: string; state: string; version: number }

type KindPageProps<Row> = {
  /** As addresses and words say it: 'institutions'. */
  kind: string
  /** Where the row is read, when it is more than `/api/<kind>/<id>`. */
  path?: (id: string) => ApiPath
  /** Between the title and its state. */
  beside?: (row: Row) => ReactNode
  /** Buttons of who may write, before the one that edits. */
  actions?: (row: Row) => ReactNode
  /** Above the tabs. */
  note?: (row: Row) => ReactNode
  /** Tabs besides the essentials and the history. */
  tabs?: (row: Row) => readonly { key: string; label: ReactNode; children: ReactNode }[]
  Facts: FunctionComponent<{ row: Row }>
  Form: FunctionComponent<KindFormProps<Row>>
}

/** The page of one row: what it is, what belongs to it, what became of it. */
export function KindPage<Row extends NamedRow>(props: KindPageProps<Row>) {
  const { kind, Facts, Form } = props
  const t = useText()
  const { id = '' } = useParams()
  const [editing, setEditing] = useState(false)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<Row>(props.path?.(id) ?? `/api/${kind}/${id}`)
  const row = read.data
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!row) return <Skeleton />
  return (
    <>
      <PageHeader
        title={row.name}
        beside={
          <>
            {props.beside?.(row)}
            <MasterState state={row.state} />
          </>
        }
        text={<LinesDoor kind={kind} id={id} />}
        crumbs={[{ text: t(`masterdata.${kind}`), to: `/${kind}` }]}
        actions={
          mayWrite &&
          row.state !== 'merged' && (
            <>
              {props.actions?.(row)}
              <Button type="primary" onClick={() => setEditing(true)}>
                {t('masterdata.edit')}
              </Button>
            </>
          )
        }
      />
      {props.note?.(row)}
      <ProposalNotice kind={kind} id={id} />
      <UrlTabs
        items={[
          { key: 'facts', label: t('masterdata.facts'), children: <Facts row={row} /> },
          ...(props.tabs?.(row) ?? []),
          {
            key: 'history',
            label: t('masterdata.history'),
            children: <HistoryTimeline path={`/api/${kind}/${id}`} />,
          },
        ]}
      />
      {editing && <Form onClose={() => setEditing(false)} row={row} />}
    </>
  )
}
