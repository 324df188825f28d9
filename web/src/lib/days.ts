// Instants are shown as the clock on the wall in Changzhou shows them, wherever the browser is.
const zone = 'Asia/Shanghai'

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const minuteFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false })

/** day is the calendar day of an instant: 2026-11-23. */
export function day(at: string | Date | undefined): string {
  if (!at) return ''
  return dayFormat.format(new Date(at))
}

/** minute is day and time: 2026-11-23 09:05. */
export function minute(at: string | Date | undefined): string {
  if (!at) return ''
  return `${day(at)} ${minuteFormat.format(new Date(at))}`
}

/** lastDay is the last day before an instant: a term that ends at midnight ends on the day that it closes. */
export function lastDay(at: string | undefined): string {
  if (!at) return ''
  return day(new Date(new Date(at).getTime() - 1))
}

/** today is today's day in Changzhou. */
export function today(): string {
  return day(new Date())
}

/** plusDays moves a day on by calendar days. */
export function plusDays(from: string, n: number): string {
  const d = new Date(`${from}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + n)
  return d.toISOString().slice(0, 10)
}

/** startOf is the first instant of a day in Changzhou, for the API. */
export function startOf(d: string): string {
  return `${d}T00:00:00+08:00`
}
