import { Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useText } from '../i18n.ts'
import { useGo } from '../link-to.tsx'
import { useRead } from '../use-list.ts'

export type Destination = { title: string; subtitle?: string; href: string; icon?: ReactNode; kind?: string }
type PagePlace = Destination & {
  /** Where the page shows what a text finds; null when it means nothing there. */
  find?: (text: string) => string | null
}
type Found = { rows: { kind: string; title: string; subtitle: string | null; href: string }[] }

type CommandPaletteProps = {
  open: boolean
  onClose: () => void
  pages: readonly PagePlace[]
  /** Whether the server may be asked. */
  searches: boolean
}

/** ⌘K: pages at once, and whatever the server's search finds. */
export function CommandPalette({ open, onClose, pages, searches }: CommandPaletteProps) {
  const t = useText()
  const go = useGo()
  const listId = useId()
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const { all, searching } = useDestinations(text.trim(), pages, searches)
  const current = Math.min(place, all.length - 1)

  const follow = (destination: Destination | undefined) => {
    if (!destination) return
    onClose()
    go(destination.href)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') follow(all[current])
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 || all.length === 0) return
    event.preventDefault()
    setPlace((current + by + all.length) % all.length)
  }
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      className="qc-palette"
      title={t('ui.search_everything')}
    >
      <input
        className="qc-palette-input"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={all[current] ? `${listId}-${current}` : undefined}
        aria-label={t('ui.search_everything')}
        placeholder={t('ui.search_everything')}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKey}
      />
      <Choices id={listId} all={all} current={current} onPoint={setPlace} onFollow={follow} />
      {text.trim() && all.length === 0 && (
        <p className="qc-muted">{searching ? t('ui.loading') : t('ui.nothing_found')}</p>
      )}
    </Modal>
  )
}

type ChoicesProps = {
  id: string
  all: readonly Destination[]
  current: number
  onPoint: (place: number) => void
  onFollow: (destination: Destination) => void
}

function Choices({ id, all, current, onPoint, onFollow }: ChoicesProps) {
  const t = useText()
  return (
    <div role="listbox" id={id} aria-label={t('ui.search_everything')} className="qc-palette-list">
      {all.map((destination, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the search box, which keeps the focus
        <div
          key={destination.href + destination.title}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          ref={(element) => {
            if (index === current) element?.scrollIntoView({ block: 'nearest' })
          }}
          onPointerMove={() => onPoint(index)}
          onClick={() => onFollow(destination)}
        >
          <span className="qc-palette-icon" aria-hidden>
            {destination.icon}
          </span>
          <span className="qc-cut">
            {destination.title}
            {destination.subtitle && <span className="qc-muted"> {destination.subtitle}</span>}
          </span>
          <span className="qc-muted">{destination.kind ?? t('ui.page')}</span>
        </div>
      ))}
    </div>
  )
}

/** Pages whose words hold the text, what the server finds for two letters or more, then lists to look through. */
function useDestinations(text: string, pages: readonly PagePlace[], searches: boolean) {
  const t = useText()
  const asked = useRested(text, 200)
  const found = useRead<Found>(searches && asked.length > 1 ? '/api/search' : null, undefined, { q: asked })
  const needle = text.toLowerCase()
  const fromPages = pages.filter((page) =>
    `${page.title} ${page.subtitle ?? ''}`.toLowerCase().includes(needle),
  )
  const fromServer = (asked.length > 1 ? (found.data?.rows ?? []) : []).map(
    (row): Destination => ({
      ...row,
      subtitle: row.subtitle ?? undefined,
      kind: t(`search.kind.${row.kind}`, { defaultValue: row.kind }),
    }),
  )
  const lists = pages.flatMap(({ find, title, icon }): Destination[] => {
    const href = text.length > 1 ? find?.(text) : null
    return href ? [{ title: t('ui.find_in', { page: title, text }), href, icon, kind: t('ui.list') }] : []
  })
  return {
    all: [...fromPages.slice(0, needle ? 6 : 30), ...fromServer, ...lists],
    searching: found.isFetching,
  }
}

function useRested(text: string, wait: number): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), wait)
    return () => clearTimeout(timer)
  }, [text, wait])
  return rested
}
