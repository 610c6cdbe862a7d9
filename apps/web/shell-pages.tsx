import { CheckSquareOutlined, HomeOutlined } from '@ant-design/icons'
import type { PageDefinition } from '#ui/pages.ts'

export const shellPages: PageDefinition[] = [
  {
    path: '/',
    title_key: 'shell.home',
    menu: { group: 'work', label_key: 'shell.home', icon: <HomeOutlined />, order: 0 },
    load: () => import('./home-page.tsx').then((m) => m.HomePage),
  },
  {
    path: '/approvals',
    permission: 'platform.read-approvals',
    title_key: 'approvals.title',
    menu: { group: 'work', label_key: 'approvals.title', icon: <CheckSquareOutlined />, order: 10 },
    load: () => import('./approvals/approvals-page.tsx').then((m) => m.ApprovalsPage),
  },
  {
    path: '/profile',
    title_key: 'profile.title',
    load: () => import('./account/profile-page.tsx').then((m) => m.ProfilePage),
  },
  {
    path: '/notifications',
    title_key: 'shell.notifications',
    load: () => import('./account/notifications-page.tsx').then((m) => m.NotificationsPage),
  },
]
