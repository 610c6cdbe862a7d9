import { Readable } from 'node:stream'
import { openMonth, receiveFiles } from '#modules/flows/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import { monthFiles } from './generate/month-files.ts'
import { sampleFiles } from './generate/samples.ts'
import type { CompanyKey } from './generate/shapes.ts'
import { fileBytes } from './generate/write-file.ts'
import type { DemoIds } from './load-master.ts'

/**
 * The running month: its files have arrived and wait for the line, which takes them up once the worker runs. Those of
 * the samples are still missing: they lie in DATA_DIR/samples for people to upload.
 */
export async function loadCurrentMonth(
  ctx: Ctx,
  key: CompanyKey,
  ids: DemoIds,
  month: string,
): Promise<void> {
  await openMonth(ctx, { month })
  const toUpload = new Set(key === 'C1' ? sampleFiles().map((file) => file.distributor_key) : [])
  const seen = new Set<string>()
  const today = ctx.now.toISOString().slice(0, 10)
  const until = today.startsWith(month) ? today : undefined
  for (const file of monthFiles(month, { company: key, ...(until && { until }) }).files) {
    if (toUpload.has(file.distributor_key)) continue
    const bytes = await storeMade(Readable.from([await fileBytes(file)]))
    const distributorId = ids.distributors.get(file.distributor_key) ?? ''
    // The line refuses a file that came before; the demo keeps to what the line takes.
    if (bytes.byte_size === 0 || seen.has(`${distributorId} ${bytes.sha256}`)) continue
    seen.add(`${distributorId} ${bytes.sha256}`)
    const stored = await recordFile(ctx, bytes, { file_name: file.file_name, purpose: 'flow', distributorId })
    await receiveFiles(ctx, { month, distributor_id: distributorId, files: [stored], channel: 'demo' })
  }
}
