import { median, middleOf, textOf, type Word } from '../page-shapes.ts'

/** The words whose middles stand at one height, from left to right. */
export interface TextLine {
  words: Word[]
  top: number
  bottom: number
  middle: number
  height: number
}

/** Words → lines from top to bottom. */
export function textLines(words: Word[]): TextLine[] {
  const lines: TextLine[] = []
  for (const word of [...words].sort((a, b) => middleOf(a) - middleOf(b))) {
    const height = word.bottom - word.top
    const line = lines.findLast(
      (each) => Math.abs(each.middle - middleOf(word)) < 0.45 * Math.min(each.height, height),
    )
    if (line) {
      line.words.push(word)
      settle(line)
    } else {
      const added = { words: [word], top: 0, bottom: 0, middle: 0, height: 0 }
      settle(added)
      lines.push(added)
    }
  }
  for (const line of lines) line.words.sort((a, b) => a.left - b.left)
  return lines.sort((a, b) => a.middle - b.middle)
}

function settle(line: TextLine) {
  line.middle = median(line.words.map(middleOf))
  line.height = median(line.words.map((word) => word.bottom - word.top))
  line.top = Math.min(...line.words.map((word) => word.top))
  line.bottom = Math.max(...line.words.map((word) => word.bottom))
}

/** The texts of a line, neighbours with hardly a gap taken as one. */
export function lineTexts(line: TextLine): string[] {
  const texts: string[] = []
  let right = Number.NEGATIVE_INFINITY
  for (const word of line.words) {
    if (word.left - right < line.height * 0.35 && texts.length > 0) texts[texts.length - 1] += textOf(word)
    else texts.push(textOf(word))
    right = word.right
  }
  return texts
}
