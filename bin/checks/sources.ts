import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

/** Any node of the syntax tree; `type` says which. */
export interface Node {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

export interface Import {
  specifier: string
  /** Gone at run time. */
  typeOnly: boolean
}

export interface Source {
  /** From the project's folder, with forward slashes. */
  path: string
  lines: number
  /** All nodes in document order. */
  nodes: Node[]
  imports: Import[]
  /** Names this file exports, types too. */
  exported: string[]
  /** 1-based line of a place in the text. */
  lineAt: (offset: number) => number
}

export interface Tree {
  root: string
  /** Every file of the project, whatever its kind. */
  files: string[]
  /** TypeScript alone, without generated files. */
  sources: Source[]
}

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'output'])
const GENERATED = /\.generated\./

/** Reads the project below the folder, each TypeScript file parsed. Hidden folders and build results are left out. */
export function readTree(root: string): Tree {
  const files = walk(root, '').sort()
  const sources = files
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !GENERATED.test(path))
    .map((path) => readSource(root, path))
  return { root, files, sources }
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || NOT_OURS.has(entry.name)) return []
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}

function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const parsed = parseSync(path, text)
  const fault = parsed.errors[0]
  if (fault) throw new Error(`${path}: ${fault.message}`)
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const { module } = parsed
  const again = module.staticExports.flatMap((one) => one.entries).filter((entry) => entry.moduleRequest)
  return {
    path,
    lines: text.endsWith('\n') ? starts.length - 1 : starts.length,
    nodes: flatten(parsed.program as unknown as Node),
    imports: [
      ...module.staticImports.map((one) => ({
        specifier: one.moduleRequest.value,
        typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
      })),
      ...again.map((entry) => ({ specifier: entry.moduleRequest?.value ?? '', typeOnly: entry.isType })),
      ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
        const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(start, end))
        return literal?.[1] ? [{ specifier: literal[1], typeOnly: false }] : []
      }),
    ],
    exported: module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => entry.exportName.name ?? []),
    ),
    lineAt: (offset) => lineOf(starts, offset),
  }
}

function flatten(top: Node): Node[] {
  const nodes: Node[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('type' in value && typeof value.type === 'string') nodes.push(value as Node)
    for (const child of Object.values(value)) visit(child)
  }
  visit(top)
  return nodes
}

function lineOf(starts: number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('tests/')
}
