import { AimOutlined, FundOutlined } from '@ant-design/icons'
import type { PageDefinition } from '#ui/pages.ts'

export const pages: PageDefinition[] = [
  {
    path: '/attainment',
    permission: 'targets.read',
    title_key: 'targets.attainment',
    menu: { group: 'results', label_key: 'targets.attainment', icon: <FundOutlined />, order: 10 },
    load: () => import('./attainment-page.tsx').then((m) => m.AttainmentPage),
  },
  {
    path: '/targets',
    permission: 'targets.read',
    title_key: 'targets.list',
    menu: { group: 'results', label_key: 'targets.list', icon: <AimOutlined />, order: 20 },
    load: () => import('./targets-page.tsx').then((m) => m.TargetsPage),
  },
]
