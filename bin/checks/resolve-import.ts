import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix } from 'node:path'
import type { Tree } from './sources.ts'

export type Resolved =
  | { kind: 'file'; path: string }
  | { kind: 'package'; name: string }
  | { kind: 'node' }
  | { kind: 'nothing' }

/** How the project's imports find their files: relative, `#x/…` of package.json, or an installed package by name. */
export function importResolver(tree: Tree): (from: string, specifier: string) => Resolved {
  const files = new Set(tree.files)
  const own = JSON.parse(readFileSync(join(tree.root, 'package.json'), 'utf8')) as {
    imports?: Record<string, string>
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
  }
  const packages = new Set([
    ...Object.keys(own.dependencies ?? {}),
    ...Object.keys(own.devDependencies ?? {}),
  ])
  const aliases = Object.entries(own.imports ?? {}).map(
    ([name, target]) => [name.replace(/\*$/, ''), target.replace(/^\.\//, '').replace(/\*$/, '')] as const,
  )
  const file = (path: string): Resolved => (files.has(path) ? { kind: 'file', path } : { kind: 'nothing' })

  return (from, written) => {
    // Vite's suffixes say how to load a file, not which.
    const specifier = written.replace(/\?[a-z&]+$/, '')
    if (specifier.startsWith('.')) return file(posix.join(dirname(from), specifier))
    if (specifier.startsWith('#')) {
      const alias = aliases.find(([name]) => specifier.startsWith(name))
      return alias ? file(alias[1] + specifier.slice(alias[0].length)) : { kind: 'nothing' }
    }
    if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return { kind: 'node' }
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    return packages.has(name) || specifier.startsWith('virtual:')
      ? { kind: 'package', name }
      : { kind: 'nothing' }
  }
}
