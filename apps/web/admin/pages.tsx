import {
  ApiOutlined,
  AuditOutlined,
  FileDoneOutlined,
  KeyOutlined,
  SafetyCertificateOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { PageDefinition } from '#ui/pages.ts'

export const pages: PageDefinition[] = [
  {
    path: '/admin/people',
    permission: 'platform.read-people',
    title_key: 'people.title',
    menu: { group: 'admin', label_key: 'people.title', icon: <TeamOutlined />, order: 10 },
    load: () => import('./people-page.tsx').then((m) => m.PeoplePage),
  },
  {
    path: '/admin/roles',
    permission: 'platform.read-people',
    title_key: 'roles.title',
    menu: { group: 'admin', label_key: 'roles.title', icon: <SafetyCertificateOutlined />, order: 20 },
    load: () => import('./roles-page.tsx').then((m) => m.RolesPage),
  },
  {
    path: '/admin/approval-rules',
    permission: 'platform.read-people',
    title_key: 'rules.title',
    menu: { group: 'admin', label_key: 'rules.title', icon: <FileDoneOutlined />, order: 25 },
    load: () => import('./approval-rules-page.tsx').then((m) => m.ApprovalRulesPage),
  },
  {
    path: '/admin/jobs',
    permission: 'platform.read-jobs',
    title_key: 'jobs.title',
    menu: { group: 'admin', label_key: 'jobs.title', icon: <UnorderedListOutlined />, order: 30 },
    load: () => import('./jobs-page.tsx').then((m) => m.JobsPage),
  },
  {
    path: '/admin/audit',
    permission: 'platform.read-audit',
    title_key: 'audit.title',
    menu: { group: 'admin', label_key: 'audit.title', icon: <AuditOutlined />, order: 40 },
    load: () => import('./audit-page.tsx').then((m) => m.AuditPage),
  },
  {
    path: '/admin/api-keys',
    permission: 'platform.manage-keys',
    title_key: 'keys.title',
    menu: { group: 'admin', label_key: 'keys.title', icon: <KeyOutlined />, order: 50 },
    load: () => import('./api-keys-page.tsx').then((m) => m.ApiKeysPage),
  },
  {
    path: '/admin/api',
    permission: 'platform.manage-keys',
    title_key: 'api.title',
    menu: { group: 'admin', label_key: 'api.title', icon: <ApiOutlined />, order: 60 },
    load: () => import('./api-page.tsx').then((m) => m.ApiPage),
  },
]
