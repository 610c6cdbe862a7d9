import type { Page } from 'playwright-core'

/**
 * Opens a month for one journey alone, with a file of as many lines, each of another customer, that all count; `page` is
 * signed in as a steward. Journeys share one product, and some close its months. Returns the distributor's id.
 */
export function openOwnMonth(page: Page, month: string, lines: number): Promise<string> {
  return page.evaluate(sendLines, { month, lines })
}

/** Runs in the page. */
async function sendLines({ month, lines }: { month: string; lines: number }): Promise<string> {
  const headers = { 'x-qucheng': 'web' }
  const json = { ...headers, 'content-type': 'application/json' }
  const list = async (kind: string, size: number) =>
    (await (await fetch(`/api/${kind}?size=${size}`)).json()).rows
  await fetch('/api/flow-months', { method: 'POST', headers: json, body: JSON.stringify({ month }) })
  const customers: { name: string }[] = await list('institutions', lines)
  const [product] = await list('products', 1)
  const [{ id }] = await list('distributors', 1)
  const rows = customers.map(({ name }, at) =>
    [`${month}-03`, name, product.name, product.spec, at + 1, product.base_unit, 10, 10 * (at + 1)].join(','),
  )
  const form = new FormData()
  form.set('month', month)
  form.set('distributor_id', id)
  const text = `日期,客户名称,产品名称,规格,数量,单位,单价,金额\n${rows.join('\n')}\n`
  form.set('file', new File([text], `${month}.csv`))
  const sent = await (await fetch('/api/flow-batches', { method: 'POST', headers, body: form })).json()
  // Should its layout be asked about, it is right as guessed.
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    const batch = await (await fetch(`/api/flow-batches/${sent.batches[0].id}`)).json()
    if (batch.state === 'done') return String(id)
    if (batch.state === 'mapping')
      await fetch(`/api/flow-batches/${batch.id}/mapping`, {
        method: 'PUT',
        headers: json,
        body: JSON.stringify({ kind: batch.kind, mapping: batch.mapping }),
      })
    await new Promise((later) => setTimeout(later, 500))
  }
  throw new Error('the file was not done in time')
}
