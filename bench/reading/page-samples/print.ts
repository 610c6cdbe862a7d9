import type { Browser } from 'playwright-core'
import type { TableKind } from '#engines/reading/public.ts'
import type { Chance } from './chance.ts'
import type { PrintedRow, PrintedTable } from './sheet.ts'

/** Families to print with; one that is not installed falls back to the next CJK font there is. */
const FONTS = [
  '"Noto Sans CJK SC"',
  '"Noto Serif CJK SC"',
  '"WenQuanYi Zen Hei"',
  '"WenQuanYi Micro Hei"',
  '"AR PL UMing CN"',
  '"AR PL UMing CN"',
  '"AR PL UKai CN"',
]

const RULES = [
  'td,th{border:1px solid #333}',
  'td,th{border:1px solid #333}',
  'td,th{border:0.5px solid #999}',
  'th{border-top:2px solid #000;border-bottom:1px solid #000} td{border-bottom:1px solid #aaa}',
  'th{border-bottom:1px solid #000} table{border-bottom:1px solid #000}',
  'td,th{border-bottom:1px dotted #777}',
  'td,th{border:1px dashed #888}',
  '',
  'tr:nth-child(even) td{background:#eef2f7} th{background:#30507a;color:#fff}',
  'th{background:#ddd} td,th{border:1px solid #bbb}',
]

const TITLES: Record<TableKind, string[]> = {
  sales: ['销售流向明细', '产品流向表', '销售出库明细', '客户销售流水', '查询结果'],
  purchase: ['购进明细', '采购入库明细', '采购查询结果'],
  stock: ['库存明细', '库存查询', '期末库存表'],
}

/** How one file looks. */
export interface Look {
  landscape: boolean
  css: string
  title: string
  above: string
  below: string
  footer: string
  seal: string
  brokenHeaders: boolean
}

export function someLook(chance: Chance, columns: number, kind: TableKind): Look {
  const size = columns > 11 ? chance.within(8, 10) : chance.within(9, 12.5)
  const align = chance.pick(['left', 'left', 'center'])
  const figures = chance.pick(['right', 'right', 'center', 'left'])
  const wraps = chance.is(0.3)
  return {
    landscape: columns > 7 ? chance.is(0.88) : chance.is(0.4),
    title: `${chance.pick(['江南', '宏远', '康健', '瑞和', '众康'])}医药有限公司${chance.pick(TITLES[kind])}`,
    css: `body{font-family:${chance.pick(FONTS)},"Noto Sans CJK SC";font-size:${size.toFixed(1)}px}
      td,th{padding:${chance.within(1.2, 4.5).toFixed(1)}px ${chance.within(2.5, 6).toFixed(1)}px;text-align:${align};font-weight:normal}
      th{font-weight:${chance.pick(['bold', 'normal'])};text-align:${chance.pick(['center', 'left'])}}
      td.qty,td.price,td.amount{text-align:${figures}} ${chance.pick(RULES)}
      td{vertical-align:${chance.pick(['middle', 'middle', 'top'])}}
      ${wraps ? '.product_raw,.partner,.maker{width:9em}' : 'td{white-space:nowrap} .partner,.product_raw,.maker,.product_and_spec{white-space:normal}'}
      ${chance.is(0.2) ? '.minus{color:#c00}' : ''} ${chance.is(0.5) ? 'table{width:100%}' : 'table{margin:auto}'}`,
    above: chance.pick([
      '',
      '打印时间：2026-01-05 09:12:33　　打印人：张三',
      '查询条件：日期从 2025-08-01 到 2025-08-31　单位：元',
      '制表日期：2026/1/5　仓库：全部',
    ]),
    below: chance.pick([
      '',
      '制单人：李四　　审核：　　复核：',
      '以上数据以系统为准。',
      '经手人：王五　签字：',
    ]),
    footer: chance.pick([
      '',
      '第 <span class="pageNumber"></span> 页 共 <span class="totalPages"></span> 页',
      '<span class="pageNumber"></span>/<span class="totalPages"></span>',
    ]),
    seal: chance.is(0.3) ? sealOf(chance) : '',
    brokenHeaders: chance.is(0.15),
  }
}

function sealOf(chance: Chance): string {
  const [left, top] = [chance.whole(120, 700), chance.whole(90, 420)]
  return `<div style="position:absolute;left:${left}px;top:${top}px;width:120px;height:120px;border:4px solid rgba(214,30,40,.75);
    border-radius:50%;color:rgba(214,30,40,.75);text-align:center;line-height:120px;font-size:16px">★ 出库专用章</div>`
}

/** Tables one below the other as a page of HTML. */
export function pageHtml(tables: PrintedTable[], look: Look): string {
  const bodies = tables.map((table, at) => {
    const title = at === 0 ? look.title : { sales: '销售', purchase: '购进', stock: '库存' }[table.truth.type]
    return `<h3>${title}</h3>${at === 0 && look.above ? `<div>${look.above}</div>` : ''}${tableHtml(table, look)}`
  })
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0;position:relative} table{border-collapse:collapse}
    h3{text-align:center;margin:6px;font-size:1.5em} thead{display:table-header-group} tr{break-inside:avoid} ${look.css}</style>
    ${bodies.join('<br>')}<div>${look.below}</div>${look.seal}`
}

function tableHtml({ columns, rows }: PrintedTable, look: Look): string {
  const head = columns.map(({ header, column }) => {
    const broken = look.brokenHeaders && header.length >= 4
    const text = broken
      ? `${header.slice(0, header.length >> 1)}<br>${header.slice(header.length >> 1)}`
      : header
    return `<th class="${column}">${text}</th>`
  })
  return `<table><thead><tr>${head.join('')}</tr></thead>${rows.map((row, at) => rowHtml(row, at)).join('')}</table>`

  function rowHtml(row: PrintedRow, at: number): string {
    if (row.kind === 'heading')
      return `<tr><td colspan="${columns.length}" style="text-align:left">${row.cells[0]}</td></tr>`
    const cells = row.cells.map((text, column) => {
      if (text === null) return ''
      let down = 1
      while (rows[at + down]?.kind === 'line' && rows[at + down]?.cells[column] === null) down++
      const span = down > 1 ? ` rowspan="${down}"` : ''
      return `<td class="${columns[column]?.column}${/^[-(]\d/.test(text) ? ' minus' : ''}"${span}>${text}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  }
}

/** Prints as a browser does, A4. */
export async function printed(browser: Browser, html: string, look: Look): Promise<Buffer> {
  const page = await browser.newPage()
  try {
    await page.setContent(html)
    return await page.pdf({
      format: 'A4',
      landscape: look.landscape,
      printBackground: true,
      displayHeaderFooter: look.footer !== '',
      headerTemplate: '<span></span>',
      footerTemplate: `<div style="font-size:9px;width:100%;text-align:center">${look.footer}</div>`,
      margin: { top: '10mm', bottom: '14mm', left: '8mm', right: '8mm' },
    })
  } finally {
    await page.close()
  }
}
