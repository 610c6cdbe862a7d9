import type { TextBox } from './detect.ts'
import type { Models } from './models.ts'
import { type Grey, turnedGrey } from './picture.ts'
import { recognise, upsideDown } from './recognise.ts'

/** Runs asked whether they stand on their head. */
const ASKED = 9

/** How many quarter turns clockwise put the picture upright: the shapes of its runs, then a look at the longest ones. */
export async function uprightTurn(models: Models, picture: Grey, boxes: TextBox[]): Promise<number> {
  const tall = weightOf(boxes, (box) => box.bottom - box.top > 1.6 * (box.right - box.left))
  const wide = weightOf(boxes, (box) => box.right - box.left > 1.6 * (box.bottom - box.top))
  const quarter = tall > wide ? 1 : 0
  const turned = turnedGrey(picture, quarter)
  const asked = turnedBoxes(boxes, picture, quarter)
    .filter((box) => box.right - box.left > 2.5 * (box.bottom - box.top))
    .sort((a, b) => b.right - b.left - (a.right - a.left))
    .slice(0, ASKED)
  let votes = 0
  for (const box of asked) votes += (await upsideDown(models, turned, box)) - 0.5
  if (asked.length === 0 || Math.abs(votes) > asked.length * 0.2) return votes > 0 ? quarter + 2 : quarter
  return (await readsBetter(models, turned, asked.slice(0, 4))) ? quarter + 2 : quarter
}

/** Undecided: the way round in which the recogniser is surer of what it reads. */
async function readsBetter(models: Models, picture: Grey, boxes: TextBox[]): Promise<boolean> {
  const turned = turnedGrey(picture, 2)
  const over = turnedBoxes(boxes, picture, 2)
  let gain = 0
  for (let at = 0; at < boxes.length; at++) {
    const plain = await recognise(models, picture, boxes[at] as TextBox)
    const other = await recognise(models, turned, over[at] as TextBox)
    gain +=
      other.reduce((sum, each) => sum + each.sure - 0.5, 0) -
      plain.reduce((sum, each) => sum + each.sure - 0.5, 0)
  }
  return gain > 0
}

function weightOf(boxes: TextBox[], keep: (box: TextBox) => boolean): number {
  return boxes
    .filter(keep)
    .reduce((sum, box) => sum + Math.max(box.right - box.left, box.bottom - box.top), 0)
}

/** The boxes after the picture was turned by quarters clockwise. */
export function turnedBoxes(
  boxes: TextBox[],
  size: { width: number; height: number },
  quarters: number,
): TextBox[] {
  let turned = boxes
  let { width, height } = size
  for (let turn = 0; turn < quarters % 4; turn++) {
    const high = height
    turned = turned.map((box) => ({
      left: high - box.bottom,
      right: high - box.top,
      top: box.left,
      bottom: box.right,
      xx: box.yy,
      xy: -box.xy,
      yy: box.xx,
      score: box.score,
    }))
    ;[width, height] = [height, width]
  }
  return turned
}
