import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '../..')

interface Locked {
  version: string
  integrity?: string
  license?: string
  dev?: boolean
}

interface Component {
  type: 'library' | 'file' | 'application' | 'machine-learning-model'
  name: string
  version: string
  scope: 'required' | 'excluded'
  purl?: string
  hashes?: { alg: 'SHA-256' | 'SHA-512'; content: string }[]
  licenses?: { expression: string }[]
}

const json = async (path: string) => JSON.parse(await readFile(join(ROOT, path), 'utf8'))

/** A bill of materials in CycloneDX 1.6: what is locked, and what of it that is installed here is no JavaScript. */
export async function makeSbom(): Promise<{ components: Component[] } & Record<string, unknown>> {
  const { name, version } = await json('package.json')
  const locked = Object.entries((await json('package-lock.json')).packages as Record<string, Locked>).filter(
    ([path]) => path.startsWith('node_modules/'),
  )
  const components = locked.map(([path, one]) => packageOf(path, one))
  const installed = locked.filter(([path, { dev }]) => !dev && !path.includes('node_modules/node-linux-'))
  for (const [path, one] of installed) components.push(...(await partsOf(path, one)))
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version: version ?? '0.0.0' } },
    components,
  }
}

function packageOf(path: string, { version, integrity, license, dev }: Locked): Component {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const hash = integrity?.startsWith('sha512-') && Buffer.from(integrity.slice(7), 'base64').toString('hex')
  return {
    type: 'library',
    name,
    version,
    scope: dev ? 'excluded' : 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(hash && { hashes: [{ alg: 'SHA-512', content: hash }] }),
    ...(license && { licenses: [{ expression: license }] }),
  }
}

/** Programs, libraries of machine code and models that a package brings. */
async function partsOf(path: string, { version }: Locked): Promise<Component[]> {
  const parts: Component[] = []
  const files = await readdir(join(ROOT, path), { recursive: true, withFileTypes: true }).catch(() => [])
  for (const file of files) {
    const whole = join(file.parentPath, file.name)
    const inside = relative(join(ROOT, path), whole)
    if (!file.isFile() || inside.includes('node_modules/')) continue
    const isModel = /\.(onnx|traineddata)$/.test(file.name)
    const isProgram = inside === 'native/bin/postgres'
    if (!isModel && !isProgram && !/\.(node|wasm|dll|dylib)$|\.so(\.\d+)*$/.test(file.name)) continue
    parts.push({
      type: isModel ? 'machine-learning-model' : isProgram ? 'application' : 'file',
      name: isProgram ? 'postgresql' : `${path.slice('node_modules/'.length)}/${inside}`,
      version,
      scope: 'required',
      hashes: [{ alg: 'SHA-256', content: await sha256(whole) }],
    })
  }
  return parts
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await makeSbom(), null, 2))
}
