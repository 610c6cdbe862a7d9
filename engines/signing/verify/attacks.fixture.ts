import { dict, name, text } from '../pdf/pdf-value.ts'
import { rootRef } from '../pdf/read-pdf.ts'
import { SAMPLE_DAY, signSample } from '../samples.ts'
import type { FindingCode } from '../shapes.ts'
import { signPdf } from '../sign-pdf.ts'
import { localProvider } from '../trust/certificates.ts'
import { readMessage } from '../trust/cms.ts'

import {
  addedPage,
  append,
  droppedField,
  flipped,
  otherDigit,
  otherText,
  ownLarger,
  replaceText,
  stream,
  type Target,
  WHITE_BOX,
  whiteContent,
  whiteNote,
  withEntry,
  withoutPage,
} from './edits.fixture.ts'
import {
  borrowedToken,
  changedValue,
  contentsOf,
  dishonest,
  emptied,
  forged,
  gapRange,
  hiddenObject,
  shortRange,
  swappedCertificate,
  wrapped,
} from './forgeries.fixture.ts'

export interface Attack {
  name: string
  make: (target: Target) => Promise<Uint8Array> | Uint8Array
  /** Findings that must be among ours. */
  codes: FindingCode[]
  /** Whether poppler's pdfsig still calls every signature it sees valid, by digest and value. */
  pdfsig_sees_nothing: boolean
}

/** Each way to change a signed contract that we know of, what must be found, and whether pdfsig would have told. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'a byte of the content flipped',
    make: ({ files }) => flipped(files[3], 4000),
    codes: ['digest-differs'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'a byte of a signature flipped',
    make: ({ files }) => {
      const { from, message } = contentsOf(files[3], 2)
      const { signature } = readMessage(message)
      return otherDigit(files[3], from + 1 + 2 * (message.indexOf(signature) + 20))
    },
    codes: ['signature-wrong'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'text replaced in a packed stream',
    make: ({ files }) => replaceText(files[3]),
    codes: ['digest-differs'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'a revision appended after the last signature',
    make: ({ files }) => append(files[3], (changed, _, __, next) => changed.set(next, text('later'))),
    codes: ['revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a white box laid over an amount as an annotation',
    make: ({ files }) => append(files[3], whiteNote),
    codes: ['page-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a white box drawn into the content of a page',
    make: ({ files }) => append(files[3], whiteContent),
    codes: ['page-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a white box between two signatures',
    make: async (target) =>
      (await signSample(append(target.files[2], whiteNote), 'agent', target.trust, 3)).pdf,
    codes: ['page-changed', 'revision-without-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a page added',
    make: ({ files }) => append(files[3], addedPage),
    codes: ['object-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a page removed by rewriting',
    make: ({ files }) => withoutPage(files[3]),
    codes: ['digest-differs'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'a signature field deleted',
    make: ({ files }) => append(files[3], droppedField),
    codes: ['field-lost', 'revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'the last signature cut off',
    make: ({ files }) => files[2],
    codes: ['party-not-signed'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'shadow: a hidden object filled in by the next signer',
    make: hiddenObject,
    codes: ['object-hidden-before'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'shadow: a text overwritten in the revision of the next signer',
    make: (target) => dishonest(target.files[1], target, otherText),
    codes: ['object-changed'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'the next signer makes its field cover the page',
    make: (target) => dishonest(target.files[1], target, ownLarger),
    codes: ['field-changed'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'an object that belongs to nothing, in the revision of the next signer',
    make: (target) =>
      dishonest(target.files[1], target, (changed, _, __, next) => changed.set(next, stream(WHITE_BOX))),
    codes: ['object-stray'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a form value changed between two signatures',
    make: changedValue,
    codes: ['revision-without-signature', 'object-changed'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a range that stops before the end, by its own signer',
    make: shortRange,
    codes: ['range-not-to-end'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a range with a gap, by its own signer',
    make: gapRange,
    codes: ['range-wrong'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'another signer of the same name',
    make: forged,
    codes: ['certificate-untrusted'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a certificate of the same name and number with another key',
    make: swappedCertificate,
    codes: ['signature-wrong', 'certificate-not-named'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'the timestamp of another signature',
    make: borrowedToken,
    codes: ['timestamp-wrong'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'signature wrapping: the range jumps over new content',
    make: wrapped,
    codes: ['object-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a signature with empty contents',
    make: emptied(text('')),
    codes: ['object-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: false,
  },
  {
    name: 'a signature with contents null',
    make: emptied(null),
    codes: ['object-changed', 'revision-after-last-signature'],
    pdfsig_sees_nothing: false,
  },
  {
    name: "a party's field signed with another company's certificate",
    make: ({ files, trust }) =>
      signPdf(files[2], {
        party: 'agent',
        provider: localProvider(trust.companies.maker),
        now: SAMPLE_DAY,
      }).then(({ pdf }) => pdf),
    codes: ['signer-other-name'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'a script that was there before anybody signed',
    make: async ({ files, trust }) => {
      const withScript = append(files[0], (changed, file, objects) => {
        const { number } = rootRef(file)
        const action = dict({ S: name('JavaScript'), JS: text('app.alert(1)') })
        changed.set(number, withEntry(objects.get(number), 'OpenAction', action))
      })
      return (await signSample(withScript, 'maker', trust, 1)).pdf
    },
    codes: ['active-content'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'bytes behind the end',
    make: ({ files }) => Buffer.concat([files[3], Buffer.from('% later\n')]),
    codes: ['structure'],
    pdfsig_sees_nothing: true,
  },
  {
    name: 'an object that no table names',
    make: ({ files }) => {
      const more = append(files[3], (changed, _, __, next) => changed.set(next, text('a')))
      const at = more.lastIndexOf('\nxref', undefined, 'latin1')
      const offset = String(at + 1 + 24)
      return Buffer.concat([
        more.subarray(0, at),
        Buffer.from('\n900 0 obj\n(b)\nendobj\n\n\n'),
        Buffer.from(
          more
            .subarray(at)
            .toString('latin1')
            .replace(/startxref\n\d+/, `startxref\n${Number(offset)}`),
          'latin1',
        ),
      ])
    },
    codes: ['structure'],
    pdfsig_sees_nothing: true,
  },
]
