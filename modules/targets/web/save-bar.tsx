import { Button } from 'antd'
import { useEffect } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { UnsavedGuard } from '#ui/form/unsaved-guard.tsx'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import { useRefresh } from '#ui/use-list.ts'
import type { Edit, Edits } from './use-edits.ts'

const touched = ['/api/targets', '/api/attainment'] as const

/** What waits to be saved and what it comes to; Ctrl+S saves, and the toast takes it back. */
export function SaveBar({ edits }: { edits: Edits }) {
  const t = useText()
  const refresh = useRefresh()
  const all = [...edits.all.values()]
  const save = useAct({
    run: () =>
      api.put<{ import_id: string | null; changes: number }>('/api/targets/cells', {
        cells: all.map(cellOf),
      }),
    refresh: touched,
    done: ({ import_id, changes }) => ({
      text: t('targets.saved_cells', { number: formatCount(changes) }),
      undo: import_id ? () => api.delete(`/api/targets/cells/${import_id}`) : undefined,
    }),
    after: edits.clear,
    // Somebody was faster: their amounts are shown, and what was typed still waits.
    onProblem: ({ status }) => {
      if (status === 409) void refresh(...touched)
      return false
    },
  })
  const waits = all.length > 0
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      // A cell that is being typed in gives its text away when it loses the focus.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      document.querySelector<HTMLButtonElement>('.qt-save')?.click()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  if (!waits) return <UnsavedGuard dirty={() => false} />
  const more = all.reduce((sum, edit) => sum + edit.amount_fen - (edit.before_fen ?? 0), 0)
  return (
    <div className="qt-save-bar" role="status">
      <UnsavedGuard dirty={() => true} />
      <span>
        {t('targets.waiting_cells', {
          number: formatCount(all.length),
          more: `${more < 0 ? '−' : '+'}${formatMoney(Math.abs(more))}`,
        })}
      </span>
      <span className="qc-grow" />
      <Button onClick={edits.clear}>{t('targets.discard')}</Button>
      <Button
        type="primary"
        className="qt-save"
        loading={save.pending}
        title="⌘/Ctrl + S"
        onClick={() => save.run()}
      >
        {t('ui.save')}
      </Button>
    </div>
  )
}

/** The version is that of the target on the page now: whoever saves has seen it. */
function cellOf({ before_fen: _before, ...edit }: Edit) {
  const key = `${edit.territory_id}|${edit.product_group}|${edit.month}`
  const cell = document.querySelector<HTMLInputElement>(`input[data-key="${CSS.escape(key)}"]`)
  const version = cell ? (cell.dataset.version ? Number(cell.dataset.version) : null) : edit.version
  return { ...edit, version }
}
