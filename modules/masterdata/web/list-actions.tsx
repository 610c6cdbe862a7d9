import { Button } from 'antd'
import { type ApiPath, queryString } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { useGo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { MasterKind } from '../shapes.ts'

type ListActionsProps = { kind: MasterKind; onNew?: () => void; newText?: string }

/** What can be done with a whole kind: a new row, a file of rows. Only what the reader may do is offered. */
export function ListActions({ kind, onNew, newText }: ListActionsProps) {
  const t = useText()
  const go = useGo()
  const mayWrite = usePermission('masterdata.write')
  const mayImport = usePermission('masterdata.import')
  return (
    <>
      {mayImport && (
        <Button onClick={() => go(`/imports/new?kind=${kind}`)}>{t('masterdata.import_here')}</Button>
      )}
      {mayWrite && onNew && (
        <Button type="primary" onClick={onNew}>
          {newText ?? t('masterdata.new')}
        </Button>
      )}
    </>
  )
}

/** The filtered list as CSV, beside the workbook that the table offers itself. */
export function CsvButton({ path }: { path: ApiPath }) {
  const t = useText()
  const [url] = useUrlState({})
  const { open: _open, page: _page, size: _size, new: _new, ...filters } = url as Record<string, string>
  return (
    <Button href={path + queryString({ ...filters, format: 'csv' })} download title={t('masterdata.csv')}>
      CSV
    </Button>
  )
}
