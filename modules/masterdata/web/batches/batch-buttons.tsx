import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Query } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import type { Selection } from '#ui/table/selection.ts'
import type { ClassifiableKind } from '../../batches/shapes.ts'

const ClassifyDrawer = lazy(() =>
  import('./classify-drawer.tsx').then((m) => ({ default: m.ClassifyDrawer })),
)
const AssignDrawer = lazy(() => import('./assign-drawer.tsx').then((m) => ({ default: m.AssignDrawer })))

/** Which rows a batch means: the ticked ones, or all that the filters find. */
export type Choice = { ids: string[] } | { query: Record<string, string> }

function choiceOf(selection: Selection<unknown>): Choice {
  if (!selection.whole) return { ids: selection.ids }
  return { query: filled(selection.query) }
}

function filled(query: Query): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** What can be done with many rows at once. */
export function BatchButtons<Row>({
  kind,
  selection,
}: {
  kind: ClassifiableKind
  selection: Selection<Row>
}) {
  const t = useText()
  const [open, setOpen] = useState<'classify' | 'assign' | null>(null)
  const drawer = {
    kind,
    choice: choiceOf(selection as Selection<unknown>),
    count: selection.count,
    onClose: () => setOpen(null),
    onDone: selection.clear,
  }
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen('classify')}>
        {t('masterdata.classify')}
      </Button>
      {kind === 'institutions' && (
        <Button size="small" onClick={() => setOpen('assign')}>
          {t('masterdata.assign')}
        </Button>
      )}
      <Suspense fallback={null}>
        {open === 'classify' && <ClassifyDrawer {...drawer} />}
        {open === 'assign' && <AssignDrawer {...drawer} />}
      </Suspense>
    </>
  )
}
