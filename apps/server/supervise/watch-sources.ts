import { watch } from 'node:fs'
import { join, sep } from 'node:path'
import { PROJECT } from './options.ts'

const SERVER_FOLDERS = ['apps/server', 'modules', 'engines', 'platform', 'kit']
const SETTLE_MS = 150

/** Calls back when a file the server runs on changed; several at once count as one. Returns the end of it. */
export function watchSources(changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watchers = SERVER_FOLDERS.map((folder) =>
    watch(join(PROJECT, folder), { recursive: true }, (_kind, name) => {
      if (!name || !/\.(ts|sql|json)$/.test(name) || /\.test\.ts$/.test(name)) return
      if (name.split(sep).includes('web')) return
      clearTimeout(timer)
      timer = setTimeout(changed, SETTLE_MS)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
