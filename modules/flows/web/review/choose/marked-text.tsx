import { useText } from '#ui/i18n.ts'
import type { Stretch } from './diff-characters.ts'

/** One side of a comparison, with what the other side lacks marked; the marks are also told in words. */
export function MarkedText({ stretches, side }: { stretches: readonly Stretch[]; side: 'raw' | 'name' }) {
  const t = useText()
  const told = t(side === 'raw' ? 'flows.review_extra_chars' : 'flows.review_missing_chars')
  return (
    <span className={`qf-marked qf-marked-${side}`}>
      {stretches.map((stretch, place) => {
        const text = stretch[side]
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one comparison never change order
        if (text === '' || stretch.kind === 'same') return <span key={place}>{text}</span>
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <mark key={place} className={`qf-mark-${stretch.kind}`} title={told}>
            {text}
          </mark>
        )
      })}
    </span>
  )
}
