import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Writes .br and .gz beside each asset, so that the server sends them without compressing again. */
export function compressAssets(): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets')
      for (const name of await readdir(assets)) {
        if (!/\.(js|css|svg)$/.test(name)) continue
        const bytes = await readFile(join(assets, name))
        if (bytes.length < 1024) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: 10 }
        await writeFile(join(assets, `${name}.br`), await promisify(brotliCompress)(bytes, { params }))
        await writeFile(join(assets, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }))
      }
    },
  }
}
