export const usage = `usage: match --master FILE [--master FILE …] --in FILE --out FILE [--aliases FILE] [--explain]
             [--save-index FILE]
       match --index FILE --in FILE --out FILE [--aliases FILE] [--explain]

  --master      CSV: id, name, aliases (separated by |), province, city, county, type, level, tax_id; rows of type "chain" are
                left out
  --in          CSV: row_id, raw, distributor_province, and optionally distributor, and what else the row tells of the customer:
                  city, address  where it is
                  tax_id         unified social credit code or tax number: where it agrees with the name the answer is taken;
                                 where it is another institution's, a person decides between both
                  code           the distributor's own code for the customer, as --aliases knows it
  --out         CSV: row_id, id, score, decision (auto, review, none), reason
  --aliases     CSV: text, target_id, and optionally distributor or province, for which it was confirmed; else for all; with
                distributor and code also what that distributor's code means (text may be empty then)
  --explain     reasons in words, and every candidate with its score
  --save-index  writes the built index, for --index in place of --master

Example: row_id,raw,distributor_province,tax_id,code
         1,市一院,江苏省,91320000MA1MMMMM0X,K0012
`

export interface Options {
  masters: string[]
  index: string
  saveIndex: string
  input: string
  output: string
  aliases: string
  explain: boolean
}

export function readOptions(args: readonly string[]): Options | null {
  const options: Options = {
    masters: [],
    index: '',
    saveIndex: '',
    input: '',
    output: '',
    aliases: '',
    explain: false,
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--explain') {
      options.explain = true
      continue
    }
    const value = args[++i]
    if (value === undefined) return null
    if (arg === '--master') options.masters.push(value)
    else if (arg === '--index') options.index = value
    else if (arg === '--save-index') options.saveIndex = value
    else if (arg === '--in') options.input = value
    else if (arg === '--out') options.output = value
    else if (arg === '--aliases') options.aliases = value
    else return null
  }
  const oneSource = options.masters.length > 0 !== (options.index !== '')
  return oneSource && options.input !== '' && options.output !== '' ? options : null
}
