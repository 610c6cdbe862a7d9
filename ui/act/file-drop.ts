import { useEffect, useRef, useState } from 'react'

export type FileFault = 'type' | 'size' | 'empty'

/** Why this file need not even be sent; the server checks again by content. */
export function fileFault(
  file: Pick<File, 'name' | 'size'>,
  accept: readonly string[],
  maxBytes: number,
): FileFault | null {
  const name = file.name.toLowerCase()
  if (!accept.some((end) => name.endsWith(end))) return 'type'
  if (file.size > maxBytes) return 'size'
  return file.size === 0 ? 'empty' : null
}

/** Files dropped anywhere in the window; true while files are held over it. */
export function useWindowDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const step = (by: number) => (event: DragEvent) => {
      if (!holdsFiles(event)) return
      depth = Math.max(0, depth + by)
      setOver(depth > 0)
    }
    const enter = step(1)
    const leave = step(-1)
    const hold = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    const events = { dragenter: enter, dragleave: leave, dragover: hold, drop }
    for (const [name, listener] of Object.entries(events)) addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(events))
        removeEventListener(name, listener as EventListener)
    }
  }, [])
  return over
}
