// Money is whole fen everywhere; yuan exist only in what a person reads or types. No float touches an amount.

const largest = 1_000_000_000_000_000 // fen; what the API takes, and well within exact integers

/** yuan writes fen as a person reads money: 1,234.50. */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen))
  const cents = String(whole % 100).padStart(2, '0')
  const digits = String((whole - (whole % 100)) / 100).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${digits}.${cents}`
}

/** plainYuan is for input fields: without separators, and without ".00". */
export function plainYuan(fen: number | undefined): string {
  if (fen === undefined) return ''
  return yuan(fen).replaceAll(',', '').replace(/\.00$/, '')
}

/** parseYuan reads what a person typed: digits, at most two decimals, separators allowed. undefined when it is not an amount. */
export function parseYuan(text: string): number | undefined {
  const t = text.replace(/[,，\s]/g, '').replace(/[￥¥元]/g, '').replaceAll('。', '.')
  const m = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(t)
  if (!m) return undefined
  const fen = Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0'))
  return fen <= largest ? fen : undefined
}

/** share is the part of a whole in percent with one decimal, for bars; 0 of nothing. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 1000) / 10 : 0
}

/** percent is a share as one reads it: 33.3%. */
export function percent(part: number, whole: number): string {
  return `${share(part, whole).toFixed(1)}%`
}
