import { matchesGlob } from 'node:path'
import { FLOORS, RULES, type Rule } from './floors.ts'
import { importResolver } from './resolve-import.ts'
import { isTest, readTree, type Source } from './sources.ts'

export interface BoundaryReport {
  files: number
  imports: number
  problems: string[]
}

/** Checks every import of the project against the floors, and that it leads to something, and not in a circle. */
export function checkBoundaries(root: string): BoundaryReport {
  const tree = readTree(root)
  const resolve = importResolver(tree)
  const problems: string[] = []
  const edges = new Map<string, string[]>()
  let imports = 0
  for (const source of tree.sources) {
    const rule = RULES.find((one) => matchesGlob(source.path, one.from))
    if (rule === undefined) problems.push(`${source.path} lies outside of every floor`)
    const targets: string[] = []
    for (const { specifier, typeOnly } of source.imports) {
      imports += 1
      const found = resolve(source.path, specifier)
      if (found.kind === 'nothing') problems.push(`${source.path} imports ${specifier}, which does not exist`)
      if (found.kind === 'node' && rule?.browser) {
        problems.push(`${source.path} imports ${specifier}, but must run in a browser`)
      }
      if (found.kind !== 'file') continue
      if (!typeOnly) targets.push(found.path)
      if (rule && !mayImport(rule, source.path, found.path)) {
        problems.push(`${source.path} may not import ${found.path}${why(source.path, found.path)}`)
      }
    }
    edges.set(source.path, targets)
  }
  problems.push(...unknownModules(tree.sources), ...circles(edges))
  if (tree.sources.length === 0 || imports === 0) {
    problems.push('nothing was read: no source or no import was found, so nothing was checked')
  }
  return { files: tree.sources.length, imports, problems: [...new Set(problems)] }
}

function mayImport(rule: Rule, from: string, to: string): boolean {
  const [, self = ''] = from.split('/')
  const lower = FLOORS.slice(0, floorOf(self)).flat()
  const fits = (pattern: string): boolean =>
    pattern.includes('LOWER')
      ? lower.some((module) => matchesGlob(to, pattern.replace('LOWER', module)))
      : matchesGlob(to, pattern.replace('SELF', self))
  return rule.may.some(fits) && !rule.never?.some(fits)
}

/** Index of the module's floor; a module without one stands on the ground and sees no other. */
function floorOf(module: string): number {
  return Math.max(
    0,
    FLOORS.findIndex((floor) => floor.includes(module)),
  )
}

function why(from: string, to: string): string {
  const [fromTop, one = ''] = from.split('/')
  const [toTop, other = ''] = to.split('/')
  if (fromTop !== 'modules' || toTop !== 'modules' || one === other) return ''
  if (/\/web\//.test(from)) return ': pages see only shapes of other modules'
  if (floorOf(other) >= floorOf(one))
    return `: ${other} is not on a lower floor than ${one}; publish an event instead`
  return ': neighbours come in by public.ts and shapes.ts'
}

function unknownModules(sources: Source[]): string[] {
  const known = new Set(FLOORS.flat())
  const found = new Set(
    sources.flatMap(({ path }) => (path.startsWith('modules/') ? [path.split('/')[1] ?? ''] : [])),
  )
  return [...found]
    .filter((module) => !known.has(module))
    .map((module) => `modules/${module} has no floor: give it one in bin/checks/floors.ts`)
}

/** Circles of imports that exist at run time; each is told once, from its first file in order. */
function circles(edges: Map<string, string[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const at = path.indexOf(file)
    if (at !== -1) {
      found.push(`circle: ${[...path.slice(at), file].join(' → ')}`)
      return
    }
    if (done.has(file) || isTest(file)) return
    path.push(file)
    for (const next of edges.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of [...edges.keys()].sort()) visit(file)
  return found
}
