import { createRoot } from 'react-dom/client'
import { config } from 'zod/v4/core'
import { startLanguages } from '#ui/i18n.ts'
import { stampStyleElements } from '#ui/style-nonce.ts'
import '#ui/ui.css'
import { Application } from './application.tsx'
import { languages } from './languages.ts'
import './shell/shell.css'

// zod would compile shapes with `new Function`, which the content security policy forbids.
config({ jitless: true })
stampStyleElements()
await startLanguages(languages)

const root = document.getElementById('root')
if (root) createRoot(root).render(<Application />)
