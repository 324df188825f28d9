// Areas are decimals with two places, as texts everywhere; sums are made of whole hundredths. No float touches an area.

const shape = /^(\d{1,8})(?:\.(\d{1,2}))?$/

/** parseArea reads what a person typed as the API writes it: 640.00. undefined when it is no area. */
export function parseArea(text: string): string | undefined {
  const m = shape.exec(text.replace(/[,，\s]/g, '').replace(/(平方米|㎡|m²|m2)$/, '').replaceAll('。', '.'))
  return m ? `${Number(m[1])}.${(m[2] ?? '').padEnd(2, '0')}` : undefined
}

/** hundredths is an area as a whole number, for sums and comparisons; nothing counts as none. */
export function hundredths(area: string | undefined): number {
  const m = /^(-?)(\d{1,8})(?:\.(\d{1,2}))?$/.exec(area ?? '')
  return m ? (m[1] ? -1 : 1) * (Number(m[2]) * 100 + Number((m[3] ?? '').padEnd(2, '0'))) : 0
}

/** areaOf writes hundredths as an area. */
export function areaOf(n: number): string {
  const size = Math.abs(n)
  return `${n < 0 ? '-' : ''}${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`
}

/** sumOf adds areas. */
export function sumOf(areas: (string | undefined)[]): string {
  return areaOf(areas.reduce((n, a) => n + hundredths(a), 0))
}

/** metres writes an area as one reads it: 1,234.50. */
export function metres(area: string): string {
  const [whole, rest] = area.split('.')
  return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${rest}` : ''}`
}
