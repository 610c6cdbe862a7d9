import {
  ApartmentOutlined,
  BankOutlined,
  CalendarOutlined,
  ImportOutlined,
  LinkOutlined,
  MedicineBoxOutlined,
  OrderedListOutlined,
  PayCircleOutlined,
  ShopOutlined,
} from '@ant-design/icons'
import type { PageDefinition } from '#ui/pages.ts'

const read = { permission: 'masterdata.read' } as const

export const pages: PageDefinition[] = [
  {
    path: '/institutions',
    ...read,
    title_key: 'masterdata.institutions',
    menu: { group: 'masterdata', label_key: 'masterdata.institutions', icon: <BankOutlined />, order: 10 },
    load: () => import('./institutions/institutions-page.tsx').then((m) => m.InstitutionsPage),
  },
  {
    path: '/institutions/:id',
    ...read,
    title_key: 'masterdata.institution',
    load: () => import('./institutions/institution-page.tsx').then((m) => m.InstitutionPage),
  },
  {
    path: '/products',
    ...read,
    title_key: 'masterdata.products',
    menu: { group: 'masterdata', label_key: 'masterdata.products', icon: <MedicineBoxOutlined />, order: 20 },
    load: () => import('./products/products-page.tsx').then((m) => m.ProductsPage),
  },
  {
    path: '/products/:id',
    ...read,
    title_key: 'masterdata.product',
    load: () => import('./products/product-page.tsx').then((m) => m.ProductPage),
  },
  {
    path: '/distributors',
    ...read,
    title_key: 'masterdata.distributors',
    menu: { group: 'masterdata', label_key: 'masterdata.distributors', icon: <ShopOutlined />, order: 30 },
    load: () => import('./distributors/distributors-page.tsx').then((m) => m.DistributorsPage),
  },
  {
    path: '/distributors/:id',
    ...read,
    title_key: 'masterdata.distributor',
    load: () => import('./distributors/distributor-page.tsx').then((m) => m.DistributorPage),
  },
  {
    path: '/territories',
    ...read,
    title_key: 'masterdata.territories',
    menu: {
      group: 'masterdata',
      label_key: 'masterdata.territories',
      icon: <ApartmentOutlined />,
      order: 40,
    },
    load: () => import('./territories/territories-page.tsx').then((m) => m.TerritoriesPage),
  },
  {
    path: '/territories/:id',
    ...read,
    title_key: 'masterdata.territory',
    load: () => import('./territories/territory-page.tsx').then((m) => m.TerritoryPage),
  },
  {
    path: '/territory-institutions',
    ...read,
    title_key: 'masterdata.ownership',
    menu: { group: 'masterdata', label_key: 'masterdata.ownership', icon: <LinkOutlined />, order: 50 },
    load: () => import('./territories/ownership-page.tsx').then((m) => m.OwnershipPage),
  },
  {
    path: '/prices',
    ...read,
    title_key: 'masterdata.prices',
    menu: { group: 'masterdata', label_key: 'masterdata.prices', icon: <PayCircleOutlined />, order: 60 },
    load: () => import('./prices-page.tsx').then((m) => m.PricesPage),
  },
  {
    path: '/code-lists',
    ...read,
    title_key: 'masterdata.code_lists',
    menu: {
      group: 'masterdata',
      label_key: 'masterdata.code_lists',
      icon: <OrderedListOutlined />,
      order: 70,
    },
    load: () => import('./code-lists-page.tsx').then((m) => m.CodeListsPage),
  },
  {
    path: '/calendars',
    ...read,
    title_key: 'masterdata.calendars',
    menu: { group: 'masterdata', label_key: 'masterdata.calendars', icon: <CalendarOutlined />, order: 75 },
    load: () => import('./calendars/calendars-page.tsx').then((m) => m.CalendarsPage),
  },
  {
    path: '/imports',
    permission: 'masterdata.import',
    title_key: 'masterdata.imports',
    menu: { group: 'masterdata', label_key: 'masterdata.imports', icon: <ImportOutlined />, order: 80 },
    load: () => import('./imports/imports-page.tsx').then((m) => m.ImportsPage),
  },
  {
    path: '/imports/new',
    permission: 'masterdata.import',
    title_key: 'masterdata.import_new',
    load: () => import('./imports/new-import-page.tsx').then((m) => m.NewImportPage),
  },
  {
    path: '/imports/:id',
    ...read,
    title_key: 'masterdata.import',
    load: () => import('./imports/import-page.tsx').then((m) => m.ImportPage),
  },
]
