import {
  AimOutlined,
  CalendarOutlined,
  CheckCircleOutlined,
  FileTextOutlined,
  HomeOutlined,
  TableOutlined,
  UploadOutlined,
} from '@ant-design/icons'
import type { PageDefinition } from '#ui/pages.ts'

export const pages: PageDefinition[] = [
  {
    path: '/',
    title_key: 'flows.home',
    menu: { group: 'work', label_key: 'flows.home', icon: <HomeOutlined />, order: 0 },
    load: () => import('./home/home-page.tsx').then((m) => m.HomePage),
  },
  {
    path: '/flows/months',
    permission: 'flows.read',
    title_key: 'flows.months',
    menu: {
      group: 'flows',
      label_key: 'flows.months',
      icon: <CalendarOutlined />,
      order: 10,
      find: (text) => (/^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? `/flows/months/${text}` : null),
    },
    load: () => import('./months/months-page.tsx').then((m) => m.MonthsPage),
  },
  {
    path: '/flows/months/:month',
    permission: 'flows.read',
    title_key: 'flows.months',
    load: () => import('./months/month-page.tsx').then((m) => m.MonthPage),
  },
  {
    path: '/flows/upload',
    permission: 'flows.upload',
    title_key: 'flows.upload',
    menu: { group: 'flows', label_key: 'flows.upload', icon: <UploadOutlined />, order: 20 },
    load: () => import('./files/upload-page.tsx').then((m) => m.UploadPage),
  },
  {
    path: '/flows/batches',
    permission: 'flows.read',
    title_key: 'flows.batches',
    menu: {
      group: 'flows',
      label_key: 'flows.batches',
      icon: <FileTextOutlined />,
      order: 30,
      not_for: ['territory'],
      find: (text) => `/flows/batches?q=${encodeURIComponent(text)}`,
    },
    load: () => import('./files/batches-page.tsx').then((m) => m.BatchesPage),
  },
  {
    path: '/flows/batches/:id',
    permission: 'flows.read',
    title_key: 'flows.batch',
    load: () => import('./files/batch-page.tsx').then((m) => m.BatchPage),
  },
  {
    path: '/flows/review',
    permission: 'flows.review',
    title_key: 'flows.review',
    menu: { group: 'flows', label_key: 'flows.review', icon: <CheckCircleOutlined />, order: 40 },
    load: () => import('./review/review-page.tsx').then((m) => m.ReviewPage),
  },
  {
    path: '/flows/quality',
    permission: 'flows.review',
    title_key: 'flows.quality',
    menu: { group: 'flows', label_key: 'flows.quality', icon: <AimOutlined />, order: 45 },
    load: () => import('./quality/quality-page.tsx').then((m) => m.QualityPage),
  },
  {
    path: '/flows/lines',
    permission: 'flows.read',
    title_key: 'flows.line_list',
    menu: {
      group: 'flows',
      label_key: 'flows.line_list',
      icon: <TableOutlined />,
      order: 50,
      find: (text) => `/flows/lines?q=${encodeURIComponent(text)}`,
    },
    load: () => import('./lines/lines-page.tsx').then((m) => m.LinesPage),
  },
  {
    path: '/flows/lines/:id',
    permission: 'flows.read',
    title_key: 'flows.line',
    load: () => import('./lines/line-page.tsx').then((m) => m.LinePage),
  },
]
