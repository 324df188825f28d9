// Points are whole hundredths everywhere; decimals exist only in what a person reads or types.

/** points writes hundredths of a point as one reads a score: 85.50. */
export function points(hundredths: number | undefined): string {
  if (hundredths === undefined) return '—'
  const whole = Math.trunc(Math.abs(hundredths))
  return `${hundredths < 0 ? '-' : ''}${Math.trunc(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}

/** plainPoints is for input fields and for what an indicator is worth: 4, 3.5. */
export function plainPoints(hundredths: number | undefined): string {
  return hundredths === undefined ? '' : points(hundredths).replace(/\.?0+$/, '')
}

/** parsePoints reads what a person typed: at most two decimals. undefined when it is no score, or more than `most`. */
export function parsePoints(text: string, most = 1_000_000): number | undefined {
  const m = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.replaceAll('。', '.').replaceAll('．', '.').trim())
  if (!m) return undefined
  const n = Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0'))
  return n <= most ? n : undefined
}
