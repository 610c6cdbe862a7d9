/** A stretch of two texts laid beside each other: what the raw text says and what the name says there. */
export type Stretch = { kind: 'same' | 'changed' | 'missing' | 'extra'; raw: string; name: string }

/** Width and case say nothing about what is meant. */
const plain = (character: string) => character.normalize('NFKC').toLowerCase()

/**
 * Lays a raw text beside a name, character by character: `same` in both, `missing` only in the name,
 * `extra` only in the raw text, `changed` where one stands for the other. Joined, the stretches give both texts.
 */
export function diffCharacters(raw: string, name: string): Stretch[] {
  const a = [...raw]
  const b = [...name]
  const width = b.length + 1
  // longest[i, j]: length of the longest common subsequence of a from i and b from j.
  const longest = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  const alike = (i: number, j: number) => plain(a[i] ?? '') === plain(b[j] ?? '')
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = alike(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))

  const out: Stretch[] = []
  let extra = ''
  let missing = ''
  const flush = () => {
    if (extra && missing) push(out, { kind: 'changed', raw: extra, name: missing })
    else if (extra) push(out, { kind: 'extra', raw: extra, name: '' })
    else if (missing) push(out, { kind: 'missing', raw: '', name: missing })
    extra = ''
    missing = ''
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && alike(i, j)) {
      flush()
      push(out, { kind: 'same', raw: a[i] ?? '', name: b[j] ?? '' })
      i++
      j++
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) extra += a[i++]
    else missing += b[j++]
  }
  flush()
  return out
}

function push(out: Stretch[], next: Stretch): void {
  const last = out.at(-1)
  if (last?.kind === next.kind) {
    last.raw += next.raw
    last.name += next.name
  } else out.push(next)
}
