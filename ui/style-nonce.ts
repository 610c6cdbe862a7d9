/** The server writes a fresh nonce into each page; without one (development) there is no policy either. */
export function styleNonce(): string | undefined {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content')
  return nonce && nonce !== '__CSP_NONCE__' ? nonce : undefined
}

/**
 * antd's theme styles carry the nonce it is given, but its scroll lock makes style elements without one.
 * Every style element that the page makes gets the nonce here.
 */
export function stampStyleElements(): void {
  const nonce = styleNonce()
  if (!nonce) return
  const create = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name.toLowerCase() === 'style') element.nonce = nonce
    return element
  }) as typeof document.createElement
}
