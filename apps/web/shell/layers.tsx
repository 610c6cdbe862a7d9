import { Drawer } from 'antd'
import { lazy, Suspense } from 'react'
import { useText } from '#ui/i18n.ts'
import { useSession } from '#ui/session.ts'
import type { MenuSection } from './menu.ts'
import { SideMenu } from './side-menu.tsx'

const CommandPalette = lazy(() =>
  import('#ui/act/command-palette.tsx').then((m) => ({ default: m.CommandPalette })),
)
const KeyHints = lazy(() => import('#ui/act/key-hints.tsx').then((m) => ({ default: m.KeyHints })))

export type Layer = 'search' | 'keys' | 'menu' | null
type LayersProps = {
  layer: Layer
  sections: readonly MenuSection[]
  current: string | undefined
  onClose: () => void
}

/** What lies over the page: search, the list of keys, the menu of a phone. */
export function Layers({ layer, sections, current, onClose }: LayersProps) {
  const t = useText()
  const { company, permissions } = useSession()
  const places = sections.flatMap(({ group, pages }) =>
    pages.map((page) => ({
      title: t(page.menu.label_key),
      subtitle: t(`menu.${group}`),
      href: page.path,
      icon: page.menu.icon,
      find: page.menu.find,
    })),
  )
  return (
    <>
      <Drawer
        open={layer === 'menu'}
        onClose={onClose}
        placement="left"
        size={300}
        title={company.name}
        className="qc-menu-drawer"
      >
        <SideMenu sections={sections} current={current} folded={false} onFollow={onClose} />
      </Drawer>
      <Suspense fallback={null}>
        {layer === 'search' && (
          <CommandPalette
            open
            onClose={onClose}
            pages={places}
            searches={permissions.includes('masterdata.read')}
          />
        )}
        {layer === 'keys' && <KeyHints open onClose={onClose} />}
      </Suspense>
    </>
  )
}
