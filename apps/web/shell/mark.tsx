/** Water that has arrived: two waves and the channel below. */
export function Mark() {
  return (
    <svg className="qc-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M6 11c3.3-3 6.7-3 10 0s6.7 3 10 0M6 17c3.3-3 6.7-3 10 0s6.7 3 10 0M16 17v9" />
    </svg>
  )
}
