import { monthIndex } from './demand.ts'
import { hasField, layoutOf } from './layouts.ts'
import { inventPerson } from './names.ts'
import { type OwnerAt, ownersOf } from './owners.ts'
import { plantMistakes } from './planting.ts'
import { randomOf } from './random.ts'
import { renderSales } from './render.ts'
import { baseQtyOf, daysOf, numberDocuments, type Sale, type SalesDesk, salesDesk, salesOf } from './sales.ts'
import {
  type CompanyKey,
  DEMO_SEED,
  type DemoDistributor,
  type DemoFile,
  type DemoLine,
  type MonthFiles,
  type Planted,
  type PlantedKind,
  type RowTruth,
} from './shapes.ts'

/** `until`: nothing after this day, for a month that is not over. Default: maker C1, the demo's seed, the whole month. */
export type MonthChoice = { company?: CompanyKey; seed?: number; until?: string }

const NOTES: Record<PlantedKind, string> = {
  duplicate_line: '同一行重复出现',
  out_of_period: '业务日期不在本月',
  wrong_sign_return: '退货单数量漏写负号',
  unknown_customer: '主数据中没有的客户',
  unknown_product_spelling: '从未用过的品名或规格写法',
  unit_mixup: '单位写成大包装，数量与单价仍按最小单位',
  same_terminal_two_distributors: '同一终端、同日、同批号另有一家商业上报',
  price_far_below_list: '单价远低于挂网价',
  missing_file: '本月未报流向',
  file_sent_twice: '同一份文件换名重发',
  empty_file: '只有表头没有数据',
}

function fileName(distributor: DemoDistributor, month: string, to: string): string {
  const [year = '', no = ''] = month.split('-')
  const m = Number(no)
  const { format, file_name } = layoutOf(distributor.layout)
  const stem = {
    sm: `SM_${distributor.code}_${distributor.name}_${to.replaceAll('-', '')}`,
    short: `${distributor.short_name}${m}月流向`,
    title: `${distributor.name}${year}年${m}月销售明细`,
    dated: `${distributor.short_name}流向${year}.${m}`,
    export: `销售查询_${distributor.short_name}_${year}${no}`,
  }[file_name]
  return `${stem}.${format}`
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

function truthOf(sale: Sale, place: { sheet: string; row: number }): RowTruth {
  return {
    ...place,
    institution_key: sale.institution?.key ?? null,
    product_key: sale.product.key,
    qty: String(sale.qty),
    unit: sale.unit,
    base_qty: String(baseQtyOf(sale)),
    amount_fen: sale.price_fen * sale.qty,
    occurred_on: sale.occurred_on,
    is_return: sale.is_return,
    counts: sale.counts,
    planted: sale.planted,
  }
}

function lineOf(sale: Sale, file: DemoFile, truth: RowTruth, no: number, ownerAt: OwnerAt): DemoLine | null {
  if (!truth.counts || truth.institution_key === null) return null
  const layout = layoutOf(file.layout)
  const joined = hasField(layout, 'product_and_spec')
  return {
    key: `${file.key}-${String(no).padStart(4, '0')}`,
    month: file.month,
    distributor_key: file.distributor_key,
    institution_key: truth.institution_key,
    product_key: truth.product_key,
    territory_key: ownerAt(truth.institution_key, sale.product.group, sale.occurred_on),
    customer_raw: sale.customer,
    product_raw: joined ? `${sale.text.name} ${sale.text.spec}` : sale.text.name,
    spec_raw: joined ? '' : sale.text.spec,
    unit_raw: hasField(layout, 'unit') ? sale.unit_raw : '',
    qty: truth.qty,
    unit: truth.unit,
    base_qty: truth.base_qty,
    price: (sale.price_fen / 100).toFixed(2),
    amount_fen: truth.amount_fen,
    occurred_on: sale.occurred_on,
    doc_no: hasField(layout, 'doc_no') ? sale.doc_no : '',
    lot: hasField(layout, 'lot') ? sale.lot : '',
    is_return: sale.is_return,
    file_name: file.file_name,
    sheet: truth.sheet,
    row: truth.row,
  }
}

function fileOf(desk: SalesDesk, distributor: DemoDistributor, sales: Sale[], to: string): DemoFile {
  const random = randomOf(desk.seed, desk.month, distributor.key, 'file')
  const layout = layoutOf(distributor.layout)
  const period = { from: `${desk.month}-01`, to }
  const taken = new Set<string>()
  const staff = randomOf(desk.seed, 'staff', distributor.name)
  const people = { seller: inventPerson(staff, taken), biller: inventPerson(staff, taken) }
  const { sheets, places } = renderSales(distributor, desk.month, period, sales, people)
  return {
    key: `F${desk.month.replace('-', '')}-${distributor.key}`,
    month: desk.month,
    distributor_key: distributor.key,
    layout: layout.id,
    file_name: fileName(distributor, desk.month, to),
    format: layout.format,
    encoding: layout.encoding,
    received_on: addDays(
      to,
      random.weighted([
        [1, 4],
        [2, 5],
        [3, 5],
        [4, 3],
        [5, 2],
        [7, 1],
        [9, 1],
      ]),
    ),
    sheets,
    truth: sales.map((sale, i) => truthOf(sale, places[i] ?? { sheet: '', row: 0 })),
  }
}

function secondCopy(file: DemoFile): DemoFile {
  return {
    ...file,
    key: `${file.key}-again`,
    file_name: file.file_name.replace(/(\.\w+)$/, '(1)$1'),
    received_on: addDays(file.received_on, 1),
    truth: file.truth.map((row) => ({ ...row, counts: false, planted: 'file_sent_twice' })),
  }
}

function plantedIn(file: DemoFile): Planted[] {
  return file.truth.flatMap((row) =>
    row.planted === null
      ? []
      : [
          {
            kind: row.planted,
            month: file.month,
            distributor_key: file.distributor_key,
            file_name: file.file_name,
            sheet: row.sheet,
            row: row.row,
            note: NOTES[row.planted],
          },
        ],
  )
}

function plantedFile(
  kind: PlantedKind,
  month: string,
  distributor_key: string,
  file_name: string | null,
): Planted {
  return { kind, month, distributor_key, file_name, sheet: null, row: null, note: NOTES[kind] }
}

/** The files of a month and, of the same rows, the lines that count. */
export function buildMonth(month: string, choice: MonthChoice = {}): MonthFiles & { lines: DemoLine[] } {
  const desk = salesDesk(choice.company ?? 'C1', month, choice.seed ?? DEMO_SEED)
  const to = choice.until ?? daysOf(month).at(-1) ?? month
  const sold = salesOf(desk, monthIndex(month))
  for (const [key, sales] of sold) {
    sold.set(
      key,
      sales.filter((sale) => sale.occurred_on <= to),
    )
  }
  const planting = plantMistakes(sold, desk)
  const ownerAt = ownersOf(desk.world)
  const files: DemoFile[] = []
  const lines: DemoLine[] = []
  const planted: Planted[] = planting.missing.map((entry) =>
    plantedFile('missing_file', month, entry.key, null),
  )
  for (const distributor of desk.world.distributors) {
    if (planting.missing.includes(distributor)) continue
    const sales = numberDocuments(distributor, month, planting.sales.get(distributor.key) ?? [], desk.seed)
    const file = fileOf(desk, distributor, sales, to)
    files.push(file)
    planted.push(...plantedIn(file))
    if (sales.length === 0) planted.push(plantedFile('empty_file', month, distributor.key, file.file_name))
    sales.forEach((sale, i) => {
      const truth = file.truth[i]
      const line = truth ? lineOf(sale, file, truth, i + 1, ownerAt) : null
      if (line) lines.push(line)
    })
    if (planting.twice.includes(distributor)) {
      const again = secondCopy(file)
      files.push(again)
      planted.push(plantedFile('file_sent_twice', month, distributor.key, again.file_name))
    }
  }
  return { month, files, planted, missing: planting.missing.map((entry) => entry.key), lines }
}

/** The sales files of a month as they arrived, what each row really says, and the mistakes put in on purpose. */
export function monthFiles(month: string, choice: MonthChoice = {}): MonthFiles {
  const { files, planted, missing } = buildMonth(month, choice)
  return { month, files, planted, missing }
}
