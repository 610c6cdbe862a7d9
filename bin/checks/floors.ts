/**
 * The floors of the house, lowest first. A module calls only modules of lower floors (their public.ts and shapes.ts);
 * upward it publishes events.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['masterdata'],
  ['contracts', 'enablement'],
  ['onboarding', 'authorisations', 'inventory'],
  ['orders'],
  ['flows'],
  ['targets'],
  ['rebates'],
  ['analytics'],
]

export interface Rule {
  /** Files the rule is for; the first rule that fits a file is the one that counts. */
  from: string
  /** Files it may import. SELF is the module or engine of the file, LOWER each module on a floor below. */
  may: readonly string[]
  /** Files it may not, though `may` has them. */
  never?: readonly string[]
  /** It runs in a browser as well: nothing of Node. */
  browser?: true
}

const PLATFORM_DOORS = ['platform/*.ts', 'platform/**/public.ts', 'platform/**/shapes.ts']
const ENGINE_DOORS = ['engines/*/public.ts', 'engines/*/shapes.ts']
const ALL_SHAPES = ['modules/**/shapes.ts', 'platform/**/shapes.ts']
const PICKERS = 'modules/masterdata/web/pickers{.ts,.tsx,/**}'

export const RULES: readonly Rule[] = [
  { from: '{tests,bench,bin}/**', may: ['**'] },
  { from: '**/*.test.{ts,tsx}', may: ['**'] },
  { from: '**/*.config.ts', may: ['**'] },
  // Steps of the build, not of the browser.
  { from: 'apps/web/{compress-assets,measure-bundle}.ts', may: ['apps/web/**'] },
  { from: 'kit/**', may: ['kit/**'], browser: true },
  { from: 'ui/**', may: ['ui/**', 'kit/**'], browser: true },
  { from: 'engines/*/shapes.ts', may: ['engines/SELF/**', 'kit/**'], browser: true },
  { from: 'engines/**', may: ['engines/SELF/**', 'kit/**'] },
  { from: 'platform/**/shapes.ts', may: ['platform/**/shapes.ts', 'kit/**'], browser: true },
  { from: 'platform/**', may: ['platform/**', 'kit/**'] },
  {
    from: 'modules/*/web/**',
    may: ['modules/SELF/web/**', ...ALL_SHAPES, PICKERS, 'ui/**', 'kit/**'],
    browser: true,
  },
  {
    from: 'modules/**/shapes.ts',
    may: [
      'modules/SELF/**/shapes.ts',
      'modules/LOWER/shapes.ts',
      'platform/**/shapes.ts',
      'engines/*/shapes.ts',
      'kit/**',
    ],
    browser: true,
  },
  {
    from: 'modules/**',
    may: [
      'modules/SELF/**',
      'modules/LOWER/{public,shapes}.ts',
      ...PLATFORM_DOORS,
      ...ENGINE_DOORS,
      'kit/**',
    ],
    never: ['modules/SELF/web/**'],
  },
  {
    from: 'apps/web/**',
    may: [
      'apps/web/**',
      'modules/*/web/pages.tsx',
      'modules/*/web/messages/*.ts',
      ...ALL_SHAPES,
      PICKERS,
      'ui/**',
      'kit/**',
    ],
    browser: true,
  },
  {
    from: 'apps/agent/**',
    may: ['apps/agent/**', 'engines/reading/**', 'modules/flows/shapes.ts', 'kit/**'],
  },
  {
    from: 'apps/{server,cli}/**',
    may: [
      'apps/{server,cli}/**',
      'modules/*/{module,routes,jobs,public,shapes}.ts',
      'platform/**',
      ...ENGINE_DOORS,
      'kit/**',
    ],
  },
]
