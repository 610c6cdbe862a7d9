import { type InstitutionHints, normaliseInstitutionName } from '#engines/matching/public.ts'
import { readColumns } from './csv.ts'

type Scopes = NonNullable<InstitutionHints['alias_scopes']>
type AliasMap = Map<string, string>

/** Confirmed aliases by whom they were confirmed for. */
export class Aliases {
  #byDistributor = new Map<string, AliasMap>()
  #byProvince = new Map<string, AliasMap>()
  #all: AliasMap = new Map()
  #codes = new Map<string, AliasMap>()
  #scopes = new Map<string, Scopes>()

  constructor(path: string) {
    if (path === '') return
    const columns = ['text', 'target_id', 'distributor', 'province', 'code']
    for (const row of readColumns(path, columns, ['text', 'target_id'])) {
      const [text, target, distributor, province, code] = row
      if (code) listOf(this.#codes, distributor ?? '').set(code, target ?? '')
      if (!text) continue
      const list = distributor
        ? listOf(this.#byDistributor, distributor)
        : province
          ? listOf(this.#byProvince, province)
          : this.#all
      list.set(normaliseInstitutionName(text ?? ''), target ?? '')
    }
  }

  /** What the distributor's own codes of customers mean. */
  codesOf(distributor: string): AliasMap | undefined {
    return this.#codes.get(distributor)
  }

  /** Those that count for a row, tightest scope first. */
  scopesOf(distributor: string, province: string): Scopes {
    const key = `${distributor}\n${province}`
    let scopes = this.#scopes.get(key)
    if (scopes === undefined) {
      const found: { scope: Scopes[number]['scope']; aliases: AliasMap | undefined }[] = [
        { scope: 'distributor', aliases: this.#byDistributor.get(distributor) },
        { scope: 'province', aliases: this.#byProvince.get(province) },
        { scope: 'company', aliases: this.#all.size > 0 ? this.#all : undefined },
      ]
      scopes = found.flatMap(({ scope, aliases }) => (aliases === undefined ? [] : [{ scope, aliases }]))
      this.#scopes.set(key, scopes)
    }
    return scopes
  }
}

function listOf(lists: Map<string, AliasMap>, key: string): AliasMap {
  let list = lists.get(key)
  if (list === undefined) {
    list = new Map()
    lists.set(key, list)
  }
  return list
}
