/** cell quotes a value for CSV. What a spreadsheet would take for a formula becomes text. */
export function cell(v: string | number | undefined): string {
  if (v === undefined) return ''
  if (typeof v === 'number') return String(v)
  const safe = /^[=+\-@\t\r]/.test(v) ? `'${v}` : v
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** csv is a whole file; the mark at its beginning makes Excel read it as UTF-8. */
export function csv(rows: (string | number | undefined)[][]): string {
  return `\ufeff${rows.map((r) => r.map(cell).join(',')).join('\r\n')}\r\n`
}

/** save hands a text to the browser as a file. */
export function save(name: string, text: string): void {
  keepFile(name, new Blob([text], { type: 'text/csv;charset=utf-8' }))
}

/** keepFile hands a file to the browser, which puts it where the person keeps such files. */
export function keepFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
