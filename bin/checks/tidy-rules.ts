import { readFileSync } from 'node:fs'
import { basename, dirname, join, matchesGlob, posix } from 'node:path'
import { importResolver } from './resolve-import.ts'
import { isTest, type Node, readTree, type Source, type Tree } from './sources.ts'

export interface TidyReport {
  files: number
  problems: string[]
}

// A component's function holds its markup, which reads down the page like a list: it may be longer than a deed.
const LINES = { door: 200, deed: 250, page: 300, file: 400, exempt: 600, function: 70, component: 120 }
const FILES_IN_FOLDER = 30
const EMPTY_WORDS = ['Manager', 'Helper', 'Util', 'Service', 'Processor', 'Handler', 'Data', 'Info']
const EMPTY_FOLDERS = new Set(['shared', 'common', 'lib', 'utils', 'services', 'helpers', 'core'])
const README_HEADINGS = ['Owns', 'Does not own', 'Words', 'States', 'Invariants', 'Times', 'Start here']
/** Programs, what tools find by themselves, and doors, which may wait for a neighbour; everything else must be imported. */
const ENTRIES = [
  'bin/**',
  'bench/**',
  'tests/**',
  '*.config.ts',
  'apps/server/{supervise,api,worker,migrate}.ts',
  'apps/cli/*.ts',
  'apps/agent/agent.ts',
  'apps/web/main.tsx',
  'apps/web/{vite.config,measure-bundle}.ts',
  'modules/*/{public,shapes,tables}.ts',
  'platform/tables.ts',
  // What tests stand on beside the code they test.
  'engines/*/samples.ts',
  '**/*.fixture.ts',
]

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** Checks what the house says of sizes, names, READMEs and files that nobody uses. */
export function checkTidy(root: string): TidyReport {
  const tree = readTree(root)
  const problems = [
    ...tree.sources.flatMap((source) => [...sizes(source), ...names(source), ...forbiddenSyntax(source)]),
    ...folders(tree),
    ...readmes(tree),
    ...unused(tree),
  ]
  if (tree.sources.length === 0) problems.push('no source was read, so nothing was checked')
  return { files: tree.sources.length, problems }
}

function sizes(source: Source): string[] {
  const { path, lines } = source
  const [limit, kind] = wall(source)
  const problems = lines > limit ? [`${path} has ${lines} lines; a ${kind} has at most ${limit}`] : []
  if (isTest(path)) return problems
  for (const node of source.nodes) {
    if (!FUNCTIONS.has(node.type)) continue
    const first = source.lineAt(node.start)
    const length = source.lineAt(node.end - 1) - first + 1
    const most = path.endsWith('.tsx') ? LINES.component : LINES.function
    if (length > most) {
      problems.push(`${path}:${first} is a function of ${length} lines; at most ${most}`)
    }
  }
  return problems
}

function wall({ path, nodes }: Source): [number, string] {
  if (isTest(path)) return [LINES.exempt, 'test']
  if (!nodes.some((node) => FUNCTIONS.has(node.type))) return [LINES.exempt, 'table']
  if (
    /^(modules|platform|engines)\/.*(^|\/)(routes|jobs|public)\.ts$/.test(path) ||
    path.endsWith('/web/pages.tsx')
  ) {
    return [LINES.door, 'door']
  }
  if (path.endsWith('-page.tsx')) return [LINES.page, 'page']
  if (/^modules\/[^/]+\/([^/]+\/)?[a-z]+(-[a-z0-9]+)+\.ts$/.test(path) && !path.includes('/web/')) {
    return [LINES.deed, 'deed']
  }
  return [LINES.file, 'file']
}

function names({ path, exported }: Source): string[] {
  const problems: string[] = []
  const name = basename(path).replace(/(\.test|\.config|\.generated|\.fixture)?\.tsx?$/, '')
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) problems.push(`${path} is not kebab-case`)
  for (const word of EMPTY_WORDS) {
    if (new RegExp(`(^|-)${word.toLowerCase()}s?$`).test(name)) {
      problems.push(`${path} is named ${word}, which says nothing`)
    }
    const empty = exported.find((one) => new RegExp(`(${word}|^${word.toLowerCase()})s?$`).test(one))
    if (empty) problems.push(`${path} exports ${empty}; ${word} says nothing`)
  }
  return problems
}

function forbiddenSyntax(source: Source): string[] {
  const { path, nodes, lineAt } = source
  return nodes.flatMap((node) => {
    if (node.type === 'TSAnyKeyword') return [`${path}:${lineAt(node.start)} has the type any`]
    if (node.type === 'MemberExpression' && isSkippedTest(node)) {
      return [`${path}:${lineAt(node.start)} leaves tests out with .${propertyName(node)}`]
    }
    return []
  })
}

function isSkippedTest(node: Node): boolean {
  const object = node.object as Node & { name?: string; object?: Node & { name?: string } }
  const suite = object.name ?? object.object?.name
  return /^(test|it|describe|suite)$/.test(suite ?? '') && /^(skip|only|todo)$/.test(propertyName(node))
}

function propertyName(node: Node): string {
  return (node.property as { name?: string }).name ?? ''
}

function folders({ files, sources }: Tree): string[] {
  const problems: string[] = []
  const counts = new Map<string, number>()
  for (const path of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  // Samples and migrations grow with the years; only folders of code are counted.
  for (const folder of new Set(sources.map(({ path }) => dirname(path)))) {
    const count = counts.get(folder) ?? 0
    if (count > FILES_IN_FOLDER) problems.push(`${folder} has ${count} files; at most ${FILES_IN_FOLDER}`)
    const empty = folder.split('/').find((part) => EMPTY_FOLDERS.has(part))
    if (empty) problems.push(`${folder}: a folder named ${empty} is a drawer for anything`)
  }
  return problems
}

function readmes({ root, files, sources }: Tree): string[] {
  const modules = new Set(
    sources.flatMap(({ path }) => (path.startsWith('modules/') ? [path.split('/', 2).join('/')] : [])),
  )
  return [...modules].flatMap((module) => {
    const path = `${module}/README.md`
    if (!files.includes(path)) return [`${path} is missing`]
    const found = [...readFileSync(join(root, path), 'utf8').matchAll(/^#+ +(.+?) *$/gm)].map(
      (match) => match[1],
    )
    const known = found.filter((heading) => README_HEADINGS.includes(heading ?? ''))
    if (known.join() === README_HEADINGS.join()) return []
    return [`${path} must have the headings ${README_HEADINGS.join(' · ')}, in this order`]
  })
}

/** A file is used when a file that is no test imports it, or names it (a worker's file, Vite's globs). */
function unused(tree: Tree): string[] {
  const resolve = importResolver(tree)
  const used = new Set<string>()
  const globs: string[] = []
  for (const source of tree.sources) {
    if (/\.test\.tsx?$/.test(source.path)) continue
    for (const { specifier } of source.imports) {
      const found = resolve(source.path, specifier)
      if (found.kind === 'file') used.add(found.path)
    }
    for (const named of namedFiles(source)) {
      if (named.includes('*')) globs.push(named)
      else used.add(named)
    }
  }
  return tree.sources
    .map(({ path }) => path)
    .filter((path) => !isTest(path) && !used.has(path))
    .filter((path) => ![...ENTRIES, ...globs].some((glob) => matchesGlob(path, glob)))
    .map((path) => `${path} is imported by nothing but tests`)
}

function namedFiles(source: Source): string[] {
  // The checks name the whole house in their patterns.
  if (source.path.startsWith('bin/')) return []
  return source.nodes.flatMap((node) => {
    const text = node.type === 'Literal' && typeof node.value === 'string' ? node.value : ''
    if (!/\.tsx?$/.test(text)) return []
    const fromRoot = text.replace(/^\//, '')
    return text.startsWith('.') ? [posix.join(dirname(source.path), text)] : [fromRoot]
  })
}
